using Holdpoint.Policy.Json;

namespace Holdpoint.Policy.Schema;

/// <summary>
/// Reads schemas in the JSON syntax, of Cedar 4.12. Members that Cedar does not know are refused, as Cedar does. Thread-safe.
/// </summary>
public static class SchemaJson
{
    /// <summary>The schema in the JSON document, or the first thing that is wrong with it.</summary>
    public static SchemaParseResult Parse(ReadOnlyMemory<byte> utf8, JsonLimits? limits = null)
    {
        var read = CedarJson.Read(utf8, limits ?? JsonLimits.Default, SchemaJsonReader.Read);
        if (!read.IsValid)
        {
            return new(null, [new(SchemaCode.NotASchema, read.Fault)]);
        }

        var faults = DeclarationCheck.Check(read.Value);
        return faults.IsEmpty ? new(read.Value, []) : new(null, faults);
    }
}
