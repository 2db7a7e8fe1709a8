using System.Collections.Immutable;
using System.Text;
using Holdpoint.Gateway.Tests.Signals;
using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Evasion.Bench;

/// <summary>Four phrases in every disguise of the tests, in some that the reference says are not undone, and cut over texts.</summary>
internal static class PhraseCases
{
    private static readonly string[] Phrases = ["build a bomb", "track his phone", "where is she now", "new napalm-bomb"];

    private static readonly Detectors Detectors = Detectors.Create([KeyValuePair.Create("phrase", Phrases.ToImmutableArray())]);

    private static readonly (string Name, Func<string, string> Apply)[] NotUndone =
    [
        ("leet", static t => t.Replace('e', '3').Replace('a', '4').Replace('s', '5').Replace('t', '7')),
        ("rot13", static t => Map(t, static c => c is >= 'a' and <= 'z' ? ((char)('a' + ((c - 'a' + 13) % 26))).ToString() : c.ToString())),
        ("hexadecimal", static t => Convert.ToHexString(Encoding.UTF8.GetBytes(t))),
        ("escapes of CSS", static t => Map(t, static c => $"\\{(int)c:x} ")),
        ("plural", static t => t + "s"),
        ("another order", static t => string.Join(' ', t.Split(' ').Reverse())),
        ("257 dots", static t => t.Replace(" ", new('.', 257), StringComparison.Ordinal)),
        ("single characters of base64", static t => string.Join(' ', Convert.ToBase64String(Encoding.UTF8.GetBytes(t)).ToCharArray())),
    ];

    private static readonly (string Name, Func<string, string[]> Cut)[] Splits =
    [
        ("in the middle of a word", static t => [t[..3], t[3..]]),
        ("between words", static t => t.Split(' ')),
        ("between words, with their spaces", static t => [t[..6], t[6..]]),
        ("each letter", static t => [.. t.Select(static c => c.ToString())]),
        ("with text before and after", static t => ["Please, " + t[..5], t[5..] + ", thank you."]),
    ];

    public static IEnumerable<Case> All() =>
    [
        .. Disguise.All.SelectMany(static d => Phrases.Select(p => Disguised(d.Name, p, d.Apply, isMeant: true))),
        .. NotUndone.SelectMany(static d => Phrases.Select(p => Disguised(d.Name, p, d.Apply, isMeant: false))),
        .. Splits.SelectMany(static s => Phrases.Select(p => new Case("phrase cut over texts", s.Name, true, () => IsInSeam(s.Cut(p))))),
    ];

    private static Case Disguised(string name, string phrase, Func<string, string> apply, bool isMeant) =>
        new("phrase in disguise", name, isMeant, () => IsIn("I want to " + apply(phrase) + " !") || IsIn(apply(phrase)));

    private static bool IsIn(string text) => !Detectors.Scan(Encoding.UTF8.GetBytes(text)).Phrases.IsEmpty;

    private static bool IsInSeam(string[] texts)
    {
        var parts = texts.Select(static (text, at) => new Part($"/{at}", PartKind.Text, Encoding.UTF8.GetBytes(text))).ToImmutableArray();
        return !Seams.Scan(Detectors, parts, parts.Select(Detectors.Scan).ToArray()).Phrases.IsEmpty;
    }

    private static string Map(string text, Func<char, string> map) => string.Concat(text.Select(map));
}
