using System.CommandLine;
using System.Text;
using System.Text.Json;
using Holdpoint.Policy.Formatting;

namespace Holdpoint.Cli.Cedar;

/// <summary><c>holdpoint cedar format</c>: policies laid out anew. The options are those of Cedar's own command.</summary>
internal static class CedarFormatCommand
{
    private static readonly Option<string?> Policies =
        new("--policies", "-p") { Description = "Policies, as Cedar text; standard input when left out." };
    private static readonly Option<bool> Write = new("--write", "-w") { Description = "Write the result back to the file." };
    private static readonly Option<bool> Check =
        new("--check", "-c") { Description = "Only say whether anything would change: exit code 1 if so." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the result or the problems as JSON." };

    private static readonly Option<int> LineWidth = new("--line-width", "-l")
    {
        Description = "Columns that a line should not pass.", DefaultValueFactory = _ => FormatOptions.Default.LineWidth,
    };

    private static readonly Option<int> IndentWidth = new("--indent-width", "-i")
    {
        Description = "Blanks for each step inwards, 0 to 16.", DefaultValueFactory = _ => FormatOptions.Default.IndentWidth,
    };

    public static Command Create()
    {
        var command = new Command(
            "format", "Lay policies out anew, keeping every comment. Exit code 0, 1 when --check finds a change, 3 when they do not parse.")
        {
            Policies, LineWidth, IndentWidth, Write, Check, Json,
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        var path = arguments.GetValue(Policies);
        var (write, check) = (arguments.GetValue(Write), arguments.GetValue(Check));
        if (write && (check || path is null))
        {
            throw CommandFailureException.Usage(
                check ? "--write and --check do not go together" : "--write needs --policies: there is no file to write to");
        }

        var options = ReadOptions(arguments);
        var (name, bytes) = CedarFile.ReadInput(path);
        var text = CedarFile.Decode(name, bytes);
        var result = PolicyFormatter.Format(text, options);
        var isChanged = result.Text != text;
        Print(arguments, name, text, result);
        if (!result.IsValid)
        {
            return ExitCode.Environment;
        }

        if (write && isChanged)
        {
            CedarFile.Write(path!, Encoding.UTF8.GetBytes(result.Text));
        }

        return check && isChanged ? ExitCode.No : ExitCode.Ok;
    }

    private static FormatOptions ReadOptions(ParseResult arguments)
    {
        var (line, indent) = (arguments.GetValue(LineWidth), arguments.GetValue(IndentWidth));
        return line >= 1 && indent is >= 0 and <= 16
            ? new FormatOptions { LineWidth = line, IndentWidth = indent }
            : throw CommandFailureException.Usage("--line-width is at least 1, and --indent-width 0 to 16");
    }

    private static void Print(ParseResult arguments, string name, string text, FormatResult result)
    {
        var (output, people) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var isChanged = result.Text != text;
        if (arguments.GetValue(Json))
        {
            var answer = new FormattedPolicies(
                result.Text, result.IsValid && isChanged, ParseProblem.From("policies", result.Diagnostics, text));
            output.WriteLine(JsonSerializer.Serialize(answer, CedarJsonContext.Default.FormattedPolicies));
        }
        else if (!result.IsValid)
        {
            throw CedarFile.DoesNotParse(name, result.Diagnostics, text);
        }
        else if (!arguments.GetValue(Write) && !arguments.GetValue(Check))
        {
            output.Write(result.Text);
        }
        else if (isChanged)
        {
            people.WriteLine($"{name} {(arguments.GetValue(Write) ? "was laid out anew" : "is laid out otherwise")}");
        }
    }
}
