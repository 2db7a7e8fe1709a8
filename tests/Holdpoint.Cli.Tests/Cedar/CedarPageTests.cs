using System.Reflection;
using System.Text.RegularExpressions;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Cedar;

/// <summary>What docs/reference/cedar.md shows is what happens.</summary>
public sealed partial class CedarPageTests
{
    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "cedar.md"));

    [Fact]
    public async Task The_example_gives_the_answer_that_the_page_shows()
    {
        using var folder = new TempFolder();
        foreach (Match file in NamedBlock().Matches(Page))
        {
            await File.WriteAllTextAsync(
                folder[file.Groups["name"].Value], file.Groups["content"].Value, TestContext.Current.CancellationToken);
        }

        var command = CommandLine().Match(Page).Groups["arguments"].Value.Split(' ').Select(a => File.Exists(folder[a]) ? folder[a] : a);
        var (code, output, errors) = await CedarRun.Of([.. command]);

        Assert.Equal(Answer().Match(Page).Groups["json"].Value, output);
        Assert.Equal((ExitCode.Ok, ""), (code, errors));
    }

    [Fact]
    public void The_policies_in_JSON_on_the_page_are_read_as_what_they_say()
    {
        var read = Policy.Json.PolicySetJson.Parse(System.Text.Encoding.UTF8.GetBytes(PoliciesInJson().Match(Page).Groups["json"].Value));

        Assert.Null(read.Fault);
        Assert.Equal(
            "readers: @title(\"Reading\")\npermit (principal in Team::\"research\", action == Action::\"read\", resource is Doc)\n"
            + "unless { resource has secret };",
            $"{read.Value!.Policies.Single().Id}: {read.Value.Policies.Single()}");
    }

    [Fact]
    public void Every_code_of_the_parser_is_on_the_page_once()
    {
        var codes =
            typeof(SyntaxCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!).Order().ToList();

        Assert.Equal(codes, Code().Matches(Page).Select(m => m.Groups["code"].Value).Order());
    }

    [Fact]
    public void The_limits_on_the_page_are_those_of_the_library()
    {
        foreach (var limit in (int[])[ParseLimits.Default.MaxLength, ParseLimits.Default.MaxDepth,
            ParseLimits.Default.MaxNodes, ParseLimits.Default.MaxPolicies,
            Policy.Json.JsonLimits.Default.MaxDepth, Policy.Json.JsonLimits.Default.MaxEntities, Policy.EntityStore.MaxAncestors])
        {
            Assert.Contains(FormattableString.Invariant($"| {limit:N0}"), Page, StringComparison.Ordinal);
        }

        Assert.Contains($"| {Policy.Json.JsonLimits.Default.MaxBytes >> 20} MiB |", Page, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^`(?<name>[\w.]+)`:\n\n```\w+\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex NamedBlock();

    [GeneratedRegex("^holdpoint cedar (?<arguments>authorize .*)$", RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"The answer:\n\n```json\n(?<json>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Answer();

    [GeneratedRegex(@"### Policies in JSON\n.*?```json\n(?<json>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex PoliciesInJson();

    [GeneratedRegex(@"^\| (?<code>CE\d{4}) \|", RegexOptions.Multiline)]
    private static partial Regex Code();
}
