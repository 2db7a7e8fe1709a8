using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests;

public sealed partial class CheckTests
{
    private const string Never = """
        @title("Never")
        @text("This can never apply.")
        @basis("terms")
        forbid (principal, action == Holdpoint::Action::"invoke", resource is Holdpoint::Model)
        when { context has purpose && !(context has purpose) };
        """;

    [Fact]
    public async Task Nothing_is_wrong_with_the_shipped_agreement()
    {
        var (code, output) = await Check(Repo.Path("agreements", "red-lines"), "--json");
        var answer = JsonDocument.Parse(output).RootElement;

        Assert.Equal(ExitCode.Ok, code);
        Assert.Matches("^[0-9a-f]{64}$", answer.GetProperty("bundle").GetString());
        Assert.Equal((13, 3), (answer.GetProperty("clauses").GetInt32(), answer.GetProperty("redLines").GetInt32()));
        Assert.Empty(answer.GetProperty("problems").EnumerateArray());
        Assert.StartsWith(
            "nothing is wrong: 13 clauses, 3 red lines",
            (await Check(Repo.Path("agreements", "red-lines"))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_on_the_page_is_the_one_that_the_command_gives()
    {
        using var folder = Draft();
        File.WriteAllText(folder[Path.Combine("clauses", "never.cedar")], Never);

        var (code, output) = await Check(folder.FullName, "--json");

        Assert.Equal(ExitCode.No, code);
        Assert.Equal(Example().Match(await File.ReadAllTextAsync(
            Repo.Path("docs", "reference", "agreement.md"), TestContext.Current.CancellationToken)).Groups["json"].Value, output);
    }

    [Theory]
    [InlineData("HP0405", "use.cedar", null, null)]
    [InlineData("HP0423", "use.cedar", "@title", "@titel")]
    [InlineData("HP0423", "use.cedar", "@basis", "@bases")]
    [InlineData("HP0424", "use.cedar", "\"terms\"", "\"trems\"")]
    [InlineData("HP0426", "never.cedar", "forbid", "@hold(\"commander:1\") forbid")]
    [InlineData("HP0433", "never.cedar", "has purpose", "has porpuse")]
    [InlineData("HP0436", "never.cedar", "", "")]
    public async Task Each_kind_of_mistake_has_its_code_its_place_and_a_fix(string problem, string file, string? what, string? with)
    {
        using var folder = Draft();
        var path = folder[Path.Combine("clauses", file)];
        File.WriteAllText(
            folder[Path.Combine("clauses", "never.cedar")],
            file == "never.cedar" ? Never : Never.Replace("!(", "(", StringComparison.Ordinal));
        if (what is null)
        {
            Directory.Delete(folder["clauses"], recursive: true);
        }
        else if (what.Length > 0)
        {
            File.WriteAllText(path, File.ReadAllText(path).Replace(what, with, StringComparison.Ordinal));
        }

        var (code, output) = await Check(folder.FullName);

        Assert.Equal(ExitCode.No, code);
        Assert.Contains(output.Split('\n'), line => Regex.IsMatch(line, $"^{problem} clauses(/{file}:\\d+:\\d+)?: .+; .+$"));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_exit_3() =>
        Assert.Equal(ExitCode.Environment, (await Check(Path.Combine(Path.GetTempPath(), "no-such-agreement"))).Code);

    private static TempFolder Draft()
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["clauses"]);
        File.WriteAllText(folder["agreement.yaml"], """
            name: draft
            parties: [{ name: maker, role: provider }, { name: bank, role: customer }]
            deployments: [{ name: desk, customer: bank }]
            providers: [{ name: echo, models: [echo] }]
            issuers: []
            limits: { exposure_days: 30, hold_minutes: 60 }
            amendment: { tighten: [maker, bank], loosen: [maker, bank] }
            """);
        File.WriteAllText(folder["basis.yaml"], "terms: { title: Terms, section: all, date: 2026-03-01, status: in force }\n");
        File.WriteAllText(folder[Path.Combine("clauses", "use.cedar")], """
            @title("Use")
            @text("The model may be used.")
            @basis("terms")
            permit (principal, action == Holdpoint::Action::"invoke", resource);
            """);
        return folder;
    }

    private static async Task<(int Code, string Output)> Check(params string[] arguments)
    {
        using var output = new StringWriter();
        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output };
            var code = await CheckCommand.Create().Parse(arguments).InvokeAsync(configuration, TestContext.Current.CancellationToken);
            return (code, output.ToString().TrimEnd());
        }
        catch (CommandFailureException failure)
        {
            return (failure.Code, "");
        }
    }

    [GeneratedRegex(@"holdpoint check DIR.*?```json\n(?<json>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
