using System.Reflection;
using System.Text.RegularExpressions;
using Holdpoint.Policy.Validation;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Cedar;

/// <summary>What docs/reference/cedar-validation.md shows is what happens.</summary>
public sealed partial class CedarValidationPageTests
{
    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "cedar-validation.md"));

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
        Assert.Equal((ExitCode.No, ""), (code, errors));
    }

    [Fact]
    public void Every_code_of_the_validator_is_on_the_page_once()
    {
        var codes = typeof(ValidationCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(
            f => (string)f.GetValue(null)!).Order().ToList();

        Assert.Equal(codes, Code().Matches(Page).Select(m => m.Groups["code"].Value));
    }

    [GeneratedRegex(@"^`(?<name>[\w.]+)`:\n\n```\w+\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex NamedBlock();

    [GeneratedRegex("^holdpoint cedar (?<arguments>validate .*)$", RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"The answer:\n\n```json\n(?<json>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Answer();

    [GeneratedRegex(@"^\| (?<code>CV\d{4}) \|", RegexOptions.Multiline)]
    private static partial Regex Code();
}
