using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Formatting;

/// <summary>A token with the comments that belong to it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">How it is written; empty at the end.</param>
/// <param name="Leading">The comments in lines of their own before it.</param>
/// <param name="IsApart">Whether a blank line stands between the last of these comments and the token.</param>
/// <param name="Trailing">The comment after it in its line; null where there is none.</param>
internal sealed record CommentedToken(
    TokenKind Kind, string Text, ImmutableArray<LeadingComment> Leading, bool IsApart, string? Trailing)
{
    /// <summary>The tokens of a text that parses.</summary>
    public static ImmutableArray<CommentedToken> Read(string text)
    {
        var tokens = Lexer.Tokenize(text, new DiagnosticBag());
        var commented = ImmutableArray.CreateBuilder<CommentedToken>(tokens.Length);
        var at = 0;
        foreach (var token in tokens)
        {
            var (trailing, leading, isApart) = ReadGap(text.AsSpan()[at..token.Span.Start], isAfterToken: commented.Count > 0);
            if (trailing is not null)
            {
                commented[^1] = commented[^1] with { Trailing = trailing };
            }

            commented.Add(new(token.Kind, text.Substring(token.Span.Start, token.Span.Length), leading, isApart && !leading.IsEmpty, null));
            at = token.Span.End;
        }

        return commented.DrainToImmutable();
    }

    /// <summary>
    /// The comments between two tokens: only one can share a line with the first of them, for a comment ends with its line.
    /// </summary>
    private static (string? Trailing, ImmutableArray<LeadingComment> Leading, bool IsApart) ReadGap(
        ReadOnlySpan<char> gap, bool isAfterToken)
    {
        string? trailing = null;
        var leading = ImmutableArray.CreateBuilder<LeadingComment>();
        var (isFirstLine, isApart) = (isAfterToken, false);
        while (true)
        {
            var end = gap.IndexOfAny('\n', '\r');
            var line = (end < 0 ? gap : gap[..end]).Trim();
            if (line.IsEmpty)
            {
                // The last piece, before the token, is no line.
                isApart |= !isFirstLine && end >= 0;
            }
            else if (isFirstLine)
            {
                trailing = line.ToString();
            }
            else
            {
                leading.Add(new(line.ToString(), isApart));
                isApart = false;
            }

            if (end < 0)
            {
                return (trailing, leading.DrainToImmutable(), isApart);
            }

            gap = gap[(end + (gap[end..].StartsWith("\r\n") ? 2 : 1))..];
            isFirstLine = false;
        }
    }
}

/// <summary>A comment in a line of its own.</summary>
/// <param name="Text">From its slashes on.</param>
/// <param name="IsApart">Whether a blank line stands before it.</param>
internal sealed record LeadingComment(string Text, bool IsApart);
