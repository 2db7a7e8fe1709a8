using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Formatting;

/// <summary>Walks over the tokens of policies that parse, and gives each its place. Every token is written once, in its order.</summary>
internal sealed partial class PolicyLayout(ImmutableArray<CommentedToken> tokens, int indent)
{
    private int _next;

    private CommentedToken Current => tokens[_next];

    public Layout Lay()
    {
        var parts = ImmutableArray.CreateBuilder<Layout>();
        while (Current.Kind != TokenKind.End)
        {
            parts.Add(parts.Count == 0 ? Layout.Empty : Layout.BlankLine);
            parts.Add(Policy());
        }

        if (!Current.Leading.IsEmpty)
        {
            // Comments after the last policy: with a blank line before them only where they had one.
            parts.Add(Current.Leading[0].IsApart ? Layout.BlankLine : Layout.NewLine);
            parts.Add(Comments(Current, keepApart: true));
        }

        return Layout.Of(parts.DrainToImmutable());
    }

    private Layout Policy()
    {
        var parts = ImmutableArray.CreateBuilder<Layout>();
        parts.Add(Comments(Current, keepApart: true));
        if (Current.IsApart)
        {
            parts.Add(Layout.BlankLine);
        }

        var isFirst = true;
        while (Current.Kind == TokenKind.At)
        {
            parts.Add(isFirst ? Bare() : Token());
            parts.Add(Token());
            if (Current.Kind == TokenKind.LeftParen)
            {
                parts.AddRange(Token(), Token(), Token());
            }

            parts.Add(Layout.NewLine);
            isFirst = false;
        }

        parts.AddRange(isFirst ? Bare() : Token(), Layout.Blank, List(TokenKind.RightParen, Layout.SoftLine, Expression));
        while (Current.Kind != TokenKind.Semicolon)
        {
            parts.AddRange(Layout.NewLine, Condition());
        }

        parts.AddRange(Token(), Layout.NewLine);
        return Layout.Of(parts.DrainToImmutable());
    }

    private Layout Condition()
    {
        var comments = Comments(Current, keepApart: false);
        var word = Bare();
        var open = Token();
        var body = Expression();
        var before = Before();
        return Layout.Of(
            comments, Layout.Group(word, Layout.Line, open, Layout.Indent(indent, Layout.Line, body, before), Layout.Line, Bare()));
    }

    /// <summary>The current token with its comments.</summary>
    private Layout Token()
    {
        var comments = Comments(Current, keepApart: false);
        return ReferenceEquals(comments, Layout.Empty) ? Bare() : Layout.Of(comments, Bare());
    }

    /// <summary>The current token, whose leading comments are written already.</summary>
    private Layout Bare()
    {
        var token = tokens[_next++];
        return token.Trailing is null ? new Layout.Text(token.Text) : Layout.Of(new Layout.Text(token.Text), Trailing(token));
    }

    /// <summary>The comments before a closing token, which stand with what it closes.</summary>
    private Layout Before() => Comments(Current, keepApart: false);

    /// <summary>The comments of a token that is left out: a comma after the last of a list.</summary>
    private Layout Omit()
    {
        var token = tokens[_next++];
        return Layout.Of(Comments(token, keepApart: false), Trailing(token));
    }

    private static Layout Trailing(CommentedToken token) =>
        token.Trailing is null ? Layout.Empty : new Layout.Comment(token.Trailing, IsOwnLine: false);

    private static Layout Comments(CommentedToken token, bool keepApart)
    {
        if (token.Leading.IsEmpty)
        {
            return Layout.Empty;
        }

        var parts = ImmutableArray.CreateBuilder<Layout>();
        foreach (var comment in token.Leading)
        {
            // What stands before the first of them is not theirs to say.
            if (comment.IsApart && keepApart && parts.Count > 0)
            {
                parts.Add(Layout.BlankLine);
            }

            parts.Add(new Layout.Comment(comment.Text, IsOwnLine: true));
        }

        return Layout.Of(parts.DrainToImmutable());
    }

    /// <summary>Items between brackets; the current token is the opening one.</summary>
    private Layout List(TokenKind close, Layout edge, Func<Layout> item)
    {
        var open = Token();
        var items = ImmutableArray.CreateBuilder<Layout>();
        while (Current.Kind != close)
        {
            items.Add(item());
            if (Current.Kind == TokenKind.Comma)
            {
                var isLast = tokens[_next + 1].Kind == close;
                items.Add(isLast ? Omit() : Layout.Of(Token(), Layout.Line));
            }
        }

        var before = Before();
        return items.Count == 0
            ? Layout.Of(open, Layout.Indent(indent, before), Bare())
            : Layout.Group(open, Layout.Indent(indent, edge, Layout.Of(items.DrainToImmutable()), before), edge, Bare());
    }
}
