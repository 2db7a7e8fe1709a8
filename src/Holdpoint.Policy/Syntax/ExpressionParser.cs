namespace Holdpoint.Policy.Syntax;

/// <summary>Reads a lone expression, as it may stand in a condition. Never throws on any text; thread-safe.</summary>
public static class ExpressionParser
{
    /// <summary>Reads an expression; nothing may follow it.</summary>
    public static ExpressionParseResult Parse(string text, ParseLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = Parser.Over(text, limits ?? ParseLimits.Default);
        var expression = parser.ParseLoneExpression();
        return parser.Diagnostics.IsEmpty ? new(expression, []) : new(null, parser.Diagnostics.ToImmutable());
    }

    internal static bool TryParseEntityUid(string text, out EntityUid uid)
    {
        var parser = Parser.Over(text, ParseLimits.Default);
        var found = parser.ParseLoneEntity();
        uid = found.GetValueOrDefault();
        return found is not null && parser.Diagnostics.IsEmpty;
    }
}
