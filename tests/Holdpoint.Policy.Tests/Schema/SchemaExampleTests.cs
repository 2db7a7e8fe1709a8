using System.Text.RegularExpressions;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Schema;

/// <summary>The example of docs/reference/cedar-schema.md, compiled and run: the lines of the page stand here.</summary>
public sealed class SchemaExampleTests
{
    private static readonly string Page = System.IO.File.ReadAllText(Repo.Path("docs", "reference", "cedar-schema.md"));

    [Fact]
    public void The_example_on_the_page_is_the_code_of_this_test()
    {
        var example = Block("csharp").Match(Page).Groups["content"].Value;
        var here = System.IO.File.ReadAllText(Repo.Path("tests", "Holdpoint.Policy.Tests", "Schema", "SchemaExampleTests.cs"));

        Assert.NotEmpty(example);
        Assert.All(example.Split('\n'), line => Assert.Contains(line.Trim(), here, StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_finds_that_the_request_conforms_or_not()
    {
        using var folder = new TempFolder();
        System.IO.File.WriteAllText(folder["shop.cedarschema"], Block("cedarschema").Match(Page).Groups["content"].Value);
        System.IO.File.WriteAllText(
            folder["entities.json"], """[{"uid": {"type": "Shop::User", "id": "ada"}, "attrs": {"name": "Ada"}, "parents": []}]""");
        System.IO.File.WriteAllText(folder["request.json"], """
            {"principal": "Shop::User::\"ada\"", "action": "Shop::Action::\"buy\"", "resource": "Shop::Item::\"i\"", "context": {"at": "2026-01-01"}}
            """);

        Assert.Null(Run(new FilesIn(folder)));

        System.IO.File.WriteAllText(folder["request.json"], """
            {"principal": "Shop::User::\"ada\"", "action": "Shop::Action::\"buy\"", "resource": "Shop::Item::\"i\""}
            """);
        Assert.Equal(ConformanceCode.MissingAttribute, Run(new FilesIn(folder))?.Code);
    }

    private static ConformanceFault? Run(FilesIn File)
    {
        var parsed = SchemaParser.Parse(File.ReadAllText("shop.cedarschema"));        // or SchemaJson.Parse(bytes)
        var resolved = parsed.IsValid ? CedarSchema.Resolve(parsed.Document) : null;  // several documents make one schema
        if (resolved is not { IsValid: true })
        {
            throw new InvalidDataException((resolved?.Diagnostics ?? parsed.Diagnostics)[0].Message);
        }

        CedarSchema schema = resolved.Schema;                                         // immutable, thread-safe
        EntityStore entities = EntitiesJson.Parse(File.ReadAllBytes("entities.json"), schema).Value!;
        Request request = RequestJson.Parse(File.ReadAllBytes("request.json"), schema).Value!;

        ConformanceFault? fault = new RequestValidator(schema).Validate(request);     // null when it conforms
        Assert.Equal(3, entities.Count);
        return fault;
    }

    private static Regex Block(string language) =>
        new($"^```{language}\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline);

    /// <summary>Stands in for <c>System.IO.File</c>, so that the page's lines read this test's folder.</summary>
    private sealed class FilesIn(TempFolder folder)
    {
        public string ReadAllText(string name) => System.IO.File.ReadAllText(folder[name]);

        public byte[] ReadAllBytes(string name) => System.IO.File.ReadAllBytes(folder[name]);
    }
}
