using System.Text;
using Holdpoint.Signals;

namespace Holdpoint.Evasion.Bench;

/// <summary>Twelve people, laid out in many ways: caught when at least twelve are counted.</summary>
internal static class PeopleCases
{
    private const int Count = 12;
    private static readonly Detectors Detectors = Detectors.Create([]);

    private static readonly string[] Names =
    [
        "Ann Lee", "Bo Kay", "Cy Fox", "Di Roe", "Ed Poe", "Flo Day", "Gus May", "Hal Orr", "Ida Ray", "Jo Hay", "Kim Foy", "Lou Nye",
    ];

    private static readonly (string Name, bool IsMeant, Func<string> Text)[] Layouts =
    [
        .. new[] { ",", ";", "\t", "|" }.Select(static s => ($"columns with '{(s == "\t" ? "tab" : s)}'", true,
            (Func<string>)(() => $"id{s}name\n" + Lines((n, i) => $"{i}{s}{n}")))),
        ("Markdown", true, static () => "| id | name |\n|---|---|\n" + Lines(static (n, i) => $"| {i} | {n} |")),
        ("JSON", true, static () => "[" + string.Join(',', Names.Select(static n => $$"""{"name":"{{n}}"}""")) + "]"),
        ("lines 'Name: …'", true, static () => string.Join("\n\n", Names.Select(static n => "Name: " + n)) + "\n"),
        ("rows with empty lines between", true, static () =>
            "id,name\n\n" + string.Join("\n\n", Names.Select(static (n, i) => $"{i},{n}"))),
        ("XML", true, static () => Lines(static (n, _) => $"<person><name>{n}</name></person>")),
        ("HTML table", true, static () => "<table><tr><th>id</th><th>name</th></tr>\n"
            + Lines(static (n, i) => $"<tr><td>{i}</td><td>{n}</td></tr>") + "</table>"),
        ("vCard", true, static () => Lines(static (n, _) => $"BEGIN:VCARD\nFN:{n}\nEND:VCARD")),
        ("SQL", true, static () => "INSERT INTO t (id, name) VALUES\n"
            + string.Join(",\n", Names.Select(static (n, i) => $"({i}, '{n}')")) + ";"),
        ("INI", true, static () => Lines(static (n, i) => $"[p{i}]\nname = {n}\n")),
        ("e-mail", true, static () => Lines(static (_, i) => $"p{i}@example.org")),
        ("e-mail with [at]", true, static () => Lines(static (_, i) => $"p{i} [at] example.org")),
        ("e-mail with &commat;", true, static () => Lines(static (_, i) => $"p{i}&commat;example.org")),
        ("e-mail with =40", true, static () => Lines(static (_, i) => $"p{i}=40example.org")),
        ("e-mail in quoted-printable", true, static () => Lines(static (_, i) =>
            string.Concat($"p{i}@example.org".Select(static c => $"={(int)c:X2}")))),
        ("phones", true, static () => Lines(static (_, i) => $"905-674-37{i + 10}")),
        ("social security numbers", true, static () => Lines(static (_, i) => $"460-89-98{i + 10}")),
        ("social security numbers with /", true, static () => Lines(static (_, i) => $"460/89/98{i + 10}")),
        ("coordinates", true, static () => Lines(static (_, i) => $"40.71{i + 10}, -74.00{i + 10}")),
        ("degrees, minutes and seconds", true, static () => Lines(static (_, i) => $"40°42'{i + 10}\"N 74°00'{i + 10}\"W")),
        ("phones in Chinese numerals", true, static () => Lines(static (_, i) =>
            "电话：一三八零零一三八零" + "零一二三四五六七八九"[i / 10] + "零一二三四五六七八九"[i % 10])),
        ("names in prose", false, static () => string.Join(" met ", Names) + "."),
        ("fixed width", false, static () => "id   name\n" + Lines(static (n, i) => $"{i,-5}{n}")),
        ("decimal commas", false, static () => Lines(static (_, i) => $"40,71{i + 10} / -74,00{i + 10}")),
    ];

    public static IEnumerable<Case> All() => Layouts.Select(static l => new Case(
        "twelve people", l.Name, l.IsMeant, () => Detectors.Scan(Encoding.UTF8.GetBytes(l.Text())).PersonCount >= Count));

    private static string Lines(Func<string, int, string> line) => string.Join('\n', Names.Select(line)) + "\n";
}
