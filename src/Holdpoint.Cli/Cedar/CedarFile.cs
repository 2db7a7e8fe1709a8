using System.Text;
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

    public static PolicyParseResult ReadPolicies(string path)
    {
        var text = Decode(path, ReadBytes(path));
        var parsed = PolicyParser.Parse(text);
        return parsed.IsValid ? parsed : throw CommandFailureException.Environment(
            $"{path} does not parse:\n{string.Join('\n', parsed.Diagnostics.Select(d => $"  {d.Describe(text)}"))}");
    }

    /// <summary>A schema in either syntax, with its names resolved.</summary>
    public static CedarSchema ReadSchema(string path)
    {
        var bytes = ReadBytes(path);
        var text = Decode(path, bytes);
        var parsed = IsJson(text) ? SchemaJson.Parse(bytes) : SchemaParser.Parse(text);
        var faults = parsed.Diagnostics;
        if (parsed.IsValid)
        {
            var resolved = CedarSchema.Resolve(parsed.Document);
            if (resolved.IsValid)
            {
                return resolved.Schema;
            }

            faults = resolved.Diagnostics;
        }

        throw CommandFailureException.Environment($"{path} is not a schema:\n{string.Join('\n', faults.Select(d => $"  {d.Describe(text)}"))}");
    }

    /// <summary>Whether the text of a schema is meant as JSON, for no declaration of the Cedar syntax starts with a brace.</summary>
    private static bool IsJson(string text) => text.AsSpan().TrimStart() is ['{', ..];
}
