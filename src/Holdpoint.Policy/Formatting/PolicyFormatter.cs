using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Formatting;

/// <summary>
/// Lays policies out anew. The result parses to the same policies, with every comment beside the same token, and formatting it again
/// changes nothing. Brackets stay as they were written. Never throws on any text; thread-safe.
/// </summary>
public static class PolicyFormatter
{
    /// <summary>The policies and templates of a text, laid out; nothing of a text that does not parse.</summary>
    /// <param name="text">The policies.</param>
    /// <param name="options">How to lay out; <see cref="FormatOptions.Default"/> when null.</param>
    /// <param name="limits">How much to take on; <see cref="ParseLimits.Default"/> when null.</param>
    public static FormatResult Format(string text, FormatOptions? options = null, ParseLimits? limits = null)
    {
        var parsed = PolicyParser.Parse(text, limits);
        if (!parsed.IsValid)
        {
            return new(null, parsed.Diagnostics);
        }

        options ??= FormatOptions.Default;
        var layout = new PolicyLayout(CommentedToken.Read(text), options.IndentWidth).Lay();
        return new(new LayoutWriter(options.LineWidth).Write(layout), []);
    }
}
