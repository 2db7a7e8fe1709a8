using System.Text.RegularExpressions;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests;

/// <summary>The example of docs/reference/cedar.md, compiled and run: the lines of the page stand here.</summary>
public sealed partial class LibraryExampleTests
{
    [Fact]
    public void The_example_on_the_page_is_the_code_of_this_test()
    {
        var example = Example().Match(File.ReadAllText(Repo.Path("docs", "reference", "cedar.md"))).Groups["code"].Value;
        var here = File.ReadAllText(Repo.Path("tests", "Holdpoint.Policy.Tests", "LibraryExampleTests.cs"));

        Assert.NotEmpty(example);
        Assert.All(example.Split('\n'), line => Assert.Contains(line.Trim(), here, StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_decides()
    {
        using var folder = new TempFolder();
        System.IO.File.WriteAllText(
            folder["policies.cedar"], "permit (principal == User::\"ada\", action, resource) when { context.exposure.persons <= 5 };");
        System.IO.File.WriteAllText(folder["entities.json"], "[]");
        var (response, outcomes) = Run(new FilesIn(folder));

        Assert.Equal(Decision.Allow, response.Decision);
        Assert.Equal(1, outcomes.All.Length);
    }

    private static (Response Response, PolicyOutcomes Outcomes) Run(FilesIn File)
    {
        var parsed = PolicyParser.Parse(File.ReadAllText("policies.cedar"));
        if (!parsed.IsValid)
        {
            throw new InvalidDataException(parsed.Diagnostics[0].Message);
        }

        Authorizer authorizer = PolicySet.Create(parsed.Policies).Compile();          // once; immutable, thread-safe
        EntityStore entities = EntitiesJson.Parse(File.ReadAllBytes("entities.json")).Value!;
        Request request = new(
            new("User", "ada"), new("Action", "read"), new("Doc", "d1"),
            Value.Record([new("exposure", Value.Record([new("persons", Value.Of(3))]))]));

        Response response = authorizer.Authorize(request, entities);                  // Cedar's decision, reasons, errors
        PolicyOutcomes outcomes = authorizer.Evaluate(request, entities);             // every policy that applies or errs
        return (response, outcomes);
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();

    /// <summary>Stands in for <c>System.IO.File</c>, so that the page's lines read this test's folder.</summary>
    private sealed class FilesIn(TempFolder folder)
    {
        public string ReadAllText(string name) => System.IO.File.ReadAllText(folder[name]);

        public byte[] ReadAllBytes(string name) => System.IO.File.ReadAllBytes(folder[name]);
    }
}
