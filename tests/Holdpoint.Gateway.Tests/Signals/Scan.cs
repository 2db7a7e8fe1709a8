using System.Collections.Immutable;
using System.Text;
using Holdpoint.Signals;

namespace Holdpoint.Gateway.Tests.Signals;

/// <summary>Detectors as the tests use them, and findings as one comparable text.</summary>
internal static class Scan
{
    public static Detectors With(params ReadOnlySpan<(string Name, string Text)> phrases)
    {
        Dictionary<string, ImmutableArray<string>> byName = [];
        foreach (var (name, text) in phrases)
        {
            byName[name] = byName.GetValueOrDefault(name, []).Add(text);
        }

        return Detectors.Create(byName);
    }

    public static Detectors Plain { get; } = With();

    public static Findings Text(string text) => Text(Plain, text);

    public static Findings Text(Detectors detectors, string text) => detectors.Scan(Encoding.UTF8.GetBytes(text));

    public static long Persons(string text) => Text(text).PersonCount;

    public static Findings Stream(Detectors detectors, IEnumerable<string> pieces)
    {
        using var screen = detectors.BeginScreen("");
        foreach (var piece in pieces)
        {
            screen.Feed(piece);
        }

        return screen.Complete();
    }

    public static string Describe(Findings findings)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', findings.Phrases)
            .Append('|')
            .Append(findings.PersonCount)
            .Append('|')
            .Append(findings.RecordCount)
            .Append('|')
            .Append(findings.LocationCount)
            .AppendLine();
        foreach (var person in findings.Persons)
        {
            text.AppendJoin(' ', person.Identifiers.Select(static i => $"{i.Kind}:{i.Key:x}")).Append(" at ")
                .AppendJoin(' ', person.Ranges.Select(static r => $"{r.Start}-{r.End}")).AppendLine();
        }

        return text.ToString();
    }
}
