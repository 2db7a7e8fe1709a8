using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Cli.Cedar;

/// <summary><c>holdpoint cedar translate-schema</c>: a schema from one syntax into the other.</summary>
internal static class CedarTranslateSchemaCommand
{
    private const string CedarToJson = "cedar-to-json";
    private const string CedarToResolvedJson = "cedar-to-json-with-resolved-types";
    private const string JsonToCedar = "json-to-cedar";

    private static readonly Option<string> Direction = new Option<string>("--direction")
    {
        Description = "From which syntax into which; with resolved types, names are written in full, and all must be declared.",
        Required = true,
    }.AcceptOnlyFromAmong(CedarToJson, CedarToResolvedJson, JsonToCedar);

    private static readonly Option<string?> Source = new("--schema", "-s") { Description = "The schema; standard input when left out." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the schema or the problems as JSON." };

    public static Command Create()
    {
        var command = new Command("translate-schema", "Translate a schema. Exit code 0, or 3 when it does not parse or has no translation.")
        {
            Direction, Source, Json,
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult arguments)
    {
        var (name, bytes) = CedarFile.ReadInput(arguments.GetValue(Source));
        var text = CedarFile.Decode(name, bytes);
        var direction = arguments.GetRequiredValue(Direction);
        var (schema, faults) = direction == JsonToCedar ? ToCedar(bytes) : ToJson(text, direction == CedarToResolvedJson);

        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            output.WriteLine(JsonSerializer.Serialize(
                new TranslatedSchema(AsJson(schema, direction != JsonToCedar), [.. faults.Select(f => Problem(f, text))]),
                CedarJsonContext.Default.TranslatedSchema));
        }
        else if (schema is null)
        {
            throw CommandFailureException.Environment($"{name} has no translation:\n{Describe(faults, text)}");
        }
        else
        {
            output.WriteLine(schema.TrimEnd('\n'));
        }

        return schema is null ? ExitCode.Environment : ExitCode.Ok;
    }

    private static (string? Schema, ImmutableArray<SchemaDiagnostic> Faults) ToCedar(byte[] json)
    {
        var parsed = SchemaJson.Parse(json);
        return parsed.IsValid && parsed.Document.ToCedar() is var written
            ? (written.Text, written.Diagnostics)
            : (null, parsed.Diagnostics);
    }

    private static (string? Schema, ImmutableArray<SchemaDiagnostic> Faults) ToJson(string text, bool withResolvedNames)
    {
        var parsed = SchemaParser.Parse(text);
        var document = parsed.IsValid && withResolvedNames ? parsed.Document.WithResolvedNames() : parsed;
        return (document.Document?.ToJson(indented: true), document.Diagnostics);
    }

    private static JsonElement? AsJson(string? schema, bool isJson)
    {
        if (schema is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(isJson ? schema : $"\"{JsonEncodedText.Encode(schema)}\"", new() { MaxDepth = 4_096 });
        return document.RootElement.Clone();
    }

    private static SchemaProblem Problem(SchemaDiagnostic fault, string text)
    {
        (int Line, int Column)? place = fault.Span?.PlaceIn(text);
        return new(fault.Code, place?.Line, place?.Column, fault.Message, fault.Suggestion);
    }

    private static string Describe(ImmutableArray<SchemaDiagnostic> faults, string text) =>
        string.Join('\n', faults.Select(f => $"  {f.Describe(text)}"));
}
