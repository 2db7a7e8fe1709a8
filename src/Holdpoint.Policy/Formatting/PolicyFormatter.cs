using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Formatting;

/// <summary>
/// Lays policies out anew. The result parses to the same policies, with every comment beside the same token, and formatting it again
/// changes nothing. Brackets stay as they were written. Never throws on any text; thread-safe.
/// </summary>
public static class PolicyFormatter
{
    // Laying out takes a dozen calls for each bracket. 16 MiB holds the deepest text of the largest limits,
    // however the caller's own stack is.
    private const int StackBytes = 16 * 1024 * 1024;

    /// <summary>The policies and templates of a text, laid out; nothing of a text that does not parse.</summary>
    /// <param name="text">The policies.</param>
    /// <param name="options">How to lay out; <see cref="FormatOptions.Default"/> when null.</param>
    /// <param name="limits">How much to take on; <see cref="ParseLimits.Default"/> when null.</param>
    public static FormatResult Format(string text, FormatOptions? options = null, ParseLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        FormatResult? result = null;
        var thread = new Thread(() => result = FormatHere(text, options ?? FormatOptions.Default, limits), StackBytes);
        thread.Start();
        thread.Join();
        return result!;
    }

    private static FormatResult FormatHere(string text, FormatOptions options, ParseLimits? limits)
    {
        var parsed = PolicyParser.Parse(text, limits);
        if (!parsed.IsValid)
        {
            return new(null, parsed.Diagnostics);
        }

        var layout = new PolicyLayout(CommentedToken.Read(text), options.IndentWidth).Lay();
        return new(new LayoutWriter(options.LineWidth).Write(layout), []);
    }
}
