using System.Collections.Immutable;
using Holdpoint.Agreements.Loading.Yaml;

namespace Holdpoint.Agreements.Loading;

/// <summary>Reads <c>basis.yaml</c>: a map from the ids that <c>@basis</c> uses to the texts.</summary>
internal static class BasisReader
{
    private static readonly string[] Statuses = ["in force", "superseded", "frozen by contract"];

    public static ImmutableSortedDictionary<string, BasisText> Read(YamlSection root, Problems problems)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, BasisText>(StringComparer.Ordinal);
        foreach (var id in root.Keys().ToList())
        {
            if (root.Section(id) is not { } item)
            {
                continue;
            }

            if (id.Length is 0 or > 64 || !id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            {
                problems.Add(ProblemCode.BadValue, item.Place, $"'{id}' is not a valid id for a text", "use at most 64 of a-z, 0-9 and -");
            }

            texts[id] = ReadText(id, item, problems);
        }

        return texts.ToImmutable();
    }

    private static BasisText ReadText(string id, YamlSection item, Problems problems)
    {
        var title = item.Text("title") ?? "";
        var section = item.Text("section") ?? "";
        var date = item.Date("date") ?? default;
        var status = item.Text("status");
        var sha256 = item.Sha256("sha256", required: false);
        var note = item.Text("note", required: false);
        item.Close();
        if (status is not null && !Statuses.Contains(status))
        {
            problems.Add(
                ProblemCode.BadValue, item.PlaceOf("status"), $"'{status}' is not a known status", Suggestion.For(status, Statuses));
        }

        return new(id, title, section, date, (BasisStatus)Math.Max(0, Array.IndexOf(Statuses, status)), sha256, note);
    }
}
