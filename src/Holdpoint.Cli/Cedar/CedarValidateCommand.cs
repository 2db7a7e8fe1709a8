using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Holdpoint.Policy.Validation;

namespace Holdpoint.Cli.Cedar;

/// <summary><c>holdpoint cedar validate</c>: policies against a schema. The options are those of Cedar's own command.</summary>
internal static class CedarValidateCommand
{
    private const string Strict = "strict";
    private const string Permissive = "permissive";

    // For a terminal and for programs, not for a page: messages stay readable.
    private static readonly CedarJsonContext Readable =
        new(new JsonSerializerOptions(CedarJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly Option<string> Policies =
        new("--policies", "-p") { Description = "Policies and templates as Cedar text, or with links as JSON.", Required = true };
    private static readonly Option<string> Schema =
        new("--schema", "-s") { Description = "The schema, in either syntax.", Required = true };
    private static readonly Option<uint?> Level =
        new("--level") { Description = "Also check that no policy takes more steps from entity to entity (RFC 76)." };
    private static readonly Option<bool> DenyWarnings = new("--deny-warnings") { Description = "Exit code 1 for a warning too." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the findings as JSON." };

    private static readonly Option<string> Mode = new Option<string>("--validation-mode")
    {
        Description = "How strictly types are checked.",
        DefaultValueFactory = _ => Strict,
    }.AcceptOnlyFromAmong(Strict, Permissive);

    public static Command Create()
    {
        var command = new Command("validate", "Check policies against a schema. Exit code 0 when there is no error, 1 when there is one.")
        {
            Policies, Schema, Mode, Level, DenyWarnings, Json,
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        var (policies, text) = CedarFile.ReadPolicySetWithText(arguments.GetRequiredValue(Policies));
        var schema = CedarFile.ReadSchema(arguments.GetRequiredValue(Schema));
        var mode = arguments.GetRequiredValue(Mode) == Strict ? ValidationMode.Strict : ValidationMode.Permissive;
        int? level = arguments.GetValue(Level) is { } given ? (int)Math.Min(given, int.MaxValue) : null;
        var result = Validator.Validate(policies, schema, mode, level);

        Print(arguments, result, text);
        return result.IsValid && !(arguments.GetValue(DenyWarnings) && !result.Warnings.IsEmpty) ? ExitCode.Ok : ExitCode.No;
    }

    private static void Print(ParseResult arguments, ValidationResult result, string? text)
    {
        var (output, people) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        if (arguments.GetValue(Json))
        {
            var answer = new CedarValidity(result.IsValid, Found(result.Errors, text), Found(result.Warnings, text));
            output.WriteLine(JsonSerializer.Serialize(answer, Readable.CedarValidity));
            return;
        }

        foreach (var finding in result.Errors)
        {
            people.WriteLine($"error {finding.Describe(text)}");
        }

        foreach (var finding in result.Warnings)
        {
            people.WriteLine($"warning {finding.Describe(text)}");
        }

        output.WriteLine($"{(result.IsValid ? "valid" : "not valid")}: "
            + $"{Quantity.Of(result.Errors.Length, "error", "errors")}, {Quantity.Of(result.Warnings.Length, "warning", "warnings")}");
    }

    private static CedarFinding[] Found(ImmutableArray<ValidationFinding> findings, string? text) =>
        [.. findings.Select(f => Found(f, text))];

    private static CedarFinding Found(ValidationFinding finding, string? text)
    {
        var (code, policy, message, span, suggestion) = finding;
        if (text is null)
        {
            return new(code, policy, message, null, null, null, null, suggestion);
        }

        var (line, column) = span.PlaceIn(text);
        return new(code, policy, message, line, column, span.Start, span.Length, suggestion);
    }
}
