using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>Reads schemas in the Cedar syntax, of Cedar 4.12. Reads any input without throwing. Thread-safe.</summary>
public static class SchemaParser
{
    /// <summary>The schema in <paramref name="text"/>, or what is wrong with it: the first fault of each declaration.</summary>
    public static SchemaParseResult Parse(string text, ParseLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SchemaTextReader(text, limits ?? ParseLimits.Default).Read();
    }
}
