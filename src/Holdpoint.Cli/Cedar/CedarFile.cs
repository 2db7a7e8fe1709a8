using System.Collections.Immutable;
using System.Text;
using Holdpoint.Policy;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Cli.Cedar;

/// <summary>Reading of the files of the <c>cedar</c> commands. Whatever cannot be read ends the command with exit code 3.</summary>
internal static class CedarFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandFailureException.Environment($"cannot read {path}: {e.Message}");
        }
    }

    public static string Decode(string path, byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw CommandFailureException.Environment($"{path} is not valid UTF-8");
        }
    }

    /// <summary>The policies of a file, as text or JSON, with their templates and links.</summary>
    public static PolicySet ReadPolicySet(string path) => ReadPolicySetWithText(path).Set;

    /// <summary>
    /// As <see cref="ReadPolicySet"/>, with the text in which the places of the policies are; null for JSON, where they have none.
    /// </summary>
    public static (PolicySet Set, string? Text) ReadPolicySetWithText(string path)
    {
        var bytes = ReadBytes(path);
        var (set, problems) = ParsePolicySet(path, bytes);
        var text = Decode(path, bytes);
        return set is null ? throw DoesNotParse(path, problems) : (set, IsJson(text) ? null : text);
    }

    /// <summary>A set of policies from text or JSON: as <paramref name="isJson"/> says, or as the first character does.</summary>
    public static (PolicySet? Set, ParseProblem[] Problems) ParsePolicySet(string name, byte[] bytes, bool? isJson = null)
    {
        var text = Decode(name, bytes);
        if (isJson ?? IsJson(text))
        {
            var read = PolicySetJson.Parse(bytes);
            return (read.Value, read.Fault is null ? [] : [new("policies", null, null, null, read.Fault, null)]);
        }

        var parsed = PolicyParser.Parse(text);
        return (
            parsed.IsValid ? PolicySet.Create(parsed.Policies, parsed.Templates) : null,
            ParseProblem.From("policies", parsed.Diagnostics, text));
    }

    /// <summary>A schema in either syntax, with its names resolved.</summary>
    public static CedarSchema ReadSchema(string path)
    {
        var (schema, faults, text) = ParseSchema(path);
        return schema ?? throw CommandFailureException.Environment(
            $"{path} is not a schema:\n{string.Join('\n', faults.Select(d => $"  {d.Describe(text)}"))}");
    }

    /// <summary>As <see cref="ReadSchema"/>, with what is wrong with the text.</summary>
    public static (CedarSchema? Schema, ImmutableArray<SchemaDiagnostic> Faults, string Text) ParseSchema(string path)
    {
        var bytes = ReadBytes(path);
        var text = Decode(path, bytes);
        var parsed = IsJson(text) ? SchemaJson.Parse(bytes) : SchemaParser.Parse(text);
        if (!parsed.IsValid)
        {
            return (null, parsed.Diagnostics, text);
        }

        var resolved = CedarSchema.Resolve(parsed.Document);
        return (resolved.Schema, resolved.Diagnostics, text);
    }

    /// <summary>The content of a file, or of standard input when none is given, and its name for messages.</summary>
    public static (string Name, byte[] Bytes) ReadInput(string? path)
    {
        if (path is not null)
        {
            return (path, ReadBytes(path));
        }

        using var bytes = new MemoryStream();
        using var input = Console.OpenStandardInput();
        input.CopyTo(bytes);
        return ("standard input", bytes.ToArray());
    }

    public static void Write(string path, byte[] bytes)
    {
        try
        {
            File.WriteAllBytes(path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailureException.Environment($"cannot write {path}: {e.Message}");
        }
    }

    public static CommandFailureException DoesNotParse(string name, IEnumerable<SyntaxDiagnostic> diagnostics, string text) =>
        CommandFailureException.Environment(
            $"{name} does not parse:\n{string.Join('\n', diagnostics.Select(d => $"  {d.Describe(text)}"))}");

    public static CommandFailureException DoesNotParse(string name, IEnumerable<ParseProblem> problems) =>
        CommandFailureException.Environment($"{name} does not parse:\n{string.Join('\n', problems.Select(p => $"  {p.Describe()}"))}");

    /// <summary>Whether a text is meant as JSON, for neither a policy nor a declaration of a schema starts with a brace.</summary>
    private static bool IsJson(string text) => text.AsSpan().TrimStart() is ['{', ..];
}
