using System.Globalization;
using System.Text;

namespace Holdpoint.Cli.Demo;

/// <summary>Twelve rows about invented people, as a data broker sells them. Each line is long enough to be attested.</summary>
internal static class DemoRows
{
    private static readonly string[] Names =
    [
        "Ada Marsh", "Ben Okafor", "Cleo Duarte", "Dan Whitlock", "Eve Tanaka", "Finn Moreau",
        "Gia Petrov", "Hal Jensen", "Ivy Castellan", "Jon Abara", "Kit Lindqvist", "Lou Serrano",
    ];

    public static string Text { get; } = Compose();

    private static string Compose()
    {
        var rows = new StringBuilder();
        for (var i = 0; i < Names.Length; i++)
        {
            var mail = Names[i].ToLowerInvariant().Replace(' ', '.');
            rows.Append(
                CultureInfo.InvariantCulture,
                $$"""{"name":"{{Names[i]}}","email":"{{mail}}@mail.example","lat":{{38.8951 + (i * 0.0113):F4}},"lon":"""
                    + $$"""{{-77.0364 + (i * 0.0091):F4}},"seen":"2026-02-{{i + 1:D2}}T08:{{10 + i}}:00Z"}""");
            rows.Append('\n');
        }

        return rows.ToString();
    }
}
