namespace Holdpoint.Policy.Syntax;

/// <summary>Reads policies in Cedar's text form, language version 4.5. Never throws on any text; thread-safe.</summary>
public static class PolicyParser
{
    /// <summary>
    /// Reads a text of any number of policies and templates. Their ids are <c>policy0</c>, <c>policy1</c>… by their place in the
    /// text, templates counted too.
    /// </summary>
    /// <param name="text">The policies.</param>
    /// <param name="limits">How much to take on; <see cref="ParseLimits.Default"/> when null.</param>
    public static PolicyParseResult Parse(string text, ParseLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = Parser.Over(text, limits ?? ParseLimits.Default);
        var (policies, templates) = parser.ParsePolicies();
        return parser.Diagnostics.IsEmpty
            ? new(policies, templates, [])
            : new([], [], parser.Diagnostics.ToImmutable());
    }
}
