using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Holdpoint.Signals.Bench;

/// <summary>Measures the detectors beside two floors, and writes a table and whether the goals are met.</summary>
internal static class Report
{
    private const double GoalMegabytes = 300;
    private const double GoalRatio = 2.2;

    // Those of agreements/red-lines.
    private static readonly KeyValuePair<string, ImmutableArray<string>>[] Phrases =
    [
        new("pattern-of-life", ["pattern of life analysis", "pattern-of-life analysis", "reconstruct the target's movements"]),
        new("weapons-release", ["cleared to engage the target", "authorize weapons release", "authorise weapons release"]),
        new("offensive-cyber", ["write a working exploit for", "deploy the ransomware payload", "establish persistence on the victim"]),
    ];

    public static void Write(TextWriter output, int rounds)
    {
        var detectors = Detectors.Create(Phrases);
        (string Name, byte[] Text, bool HasPersons)[] texts =
        [
            ("English prose", Texts.Prose(), false),
            ("a log in JSON", Texts.Log(), false),
            ("prose in other scripts", Texts.OtherProse(), false),
            ("a register of persons", Texts.Register(), true),
        ];
        output.NewLine = "\n";
        output.WriteLine("| text | detectors, MB/s | valid UTF-8, MB/s | SHA-256, MB/s |");
        output.WriteLine("|---|---:|---:|---:|");
        List<(string Name, double Speed)> goals = [];
        foreach (var (name, text, hasPersons) in texts)
        {
            var found = detectors.Scan(text);
            if (found.PersonCount > 0 != hasPersons || !found.Phrases.IsEmpty)
            {
                throw new InvalidOperationException($"{name}: {found.PersonCount} persons, {found.Phrases.Length} phrases");
            }

            var speeds = SpeedsOf(detectors, text, rounds);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {speeds[0]:N0} | {speeds[1]:N0} | {speeds[2]:N0} |"));
            if (!hasPersons && Ascii.IsValid(text))
            {
                goals.Add((name, speeds[0]));
            }
        }

        output.WriteLine();
        foreach (var (name, speed) in goals)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"- {name}, nothing found: {speed:N0} MB/s, at least {GoalMegabytes:N0}: {Met(speed >= GoalMegabytes)}"));
        }

        var (few, many) = (new Turns(detectors, 4_000), new Turns(detectors, 8_000));
        var seconds = CpuClock.RoundsOf(rounds, () => few.Scan(), () => many.Scan());
        var ratio = CpuClock.Median([.. seconds[1].Zip(seconds[0], static (larger, smaller) => larger / smaller)]);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"- 8,000 tiny messages: {1e3 * CpuClock.Median(seconds[1]):N2} ms, {ratio:0.00} x the time of 4,000, at most {GoalRatio:0.0}: {
                Met(ratio <= GoalRatio)}"));
    }

    private static double[] SpeedsOf(Detectors detectors, byte[] text, int rounds)
    {
        var seconds = CpuClock.RoundsOf(
            rounds, () => detectors.Scan(text), () => _ = Utf8.IsValid(text), () => SHA256.HashData(text));
        return [.. seconds.Select(taken => text.Length / CpuClock.Median(taken) / 1e6)];
    }

    private static string Met(bool isMet) => isMet ? "**met**" : "**missed**";
}
