using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>
/// Recursive descent over the tokens of one text. A method that meets a fault records a diagnostic and returns null; the caller
/// gives up its own node, and policies go on after the next semicolon, so that each policy shows its first fault.
/// </summary>
internal sealed partial class Parser
{
    private readonly string _text;
    private readonly ParseLimits _limits;
    private readonly ImmutableArray<Token> _tokens;
    private int _next;

    private Parser(string text, ParseLimits limits)
    {
        _text = text;
        _limits = limits;
        if (text.Length > limits.MaxLength)
        {
            Diagnostics.Add(
                SyntaxCode.TextTooLong, $"the text has {text.Length} characters; the limit is {limits.MaxLength}",
                new(limits.MaxLength, 0));
            _tokens = [new(TokenKind.Bad, default), new(TokenKind.End, default)];
            return;
        }

        _tokens = Lexer.Tokenize(text, Diagnostics);
    }

    public DiagnosticBag Diagnostics { get; } = new();

    private Token Current => _tokens[_next];

    public static Parser Over(string text, ParseLimits limits) => new(text, limits);

    public (ImmutableArray<Policy> Policies, ImmutableArray<Template> Templates) ParsePolicies()
    {
        var policies = ImmutableArray.CreateBuilder<Policy>();
        var templates = ImmutableArray.CreateBuilder<Template>();
        for (var position = 0; Current.Kind != TokenKind.End && !Diagnostics.IsFull; position++)
        {
            _depth = 0;
            if (position == _limits.MaxPolicies)
            {
                GiveUp(SyntaxCode.TooManyPolicies, $"more than {_limits.MaxPolicies} policies", "split the text");
                break;
            }

            var policy = ParsePolicy($"policy{position}");
            if (policy is null)
            {
                SkipPolicy();
            }
            else if (policy.HasSlot)
            {
                templates.Add(new(policy));
            }
            else
            {
                policies.Add(policy);
            }
        }

        return (policies.DrainToImmutable(), templates.DrainToImmutable());
    }

    public Expr? ParseLoneExpression()
    {
        var expression = ParseExpr();
        return expression is not null && Expect(TokenKind.End, "the end of the expression") ? expression : null;
    }

    public EntityUid? ParseLoneEntity()
    {
        var uid = ParseEntity();
        return uid is not null && Expect(TokenKind.End, "the end of the entity") ? uid : null;
    }

    private ReadOnlySpan<char> TextOf(Token token) => _text.AsSpan(token.Span.Start, token.Span.Length);

    private bool IsWord(string word) => Current.Kind == TokenKind.Word && TextOf(Current).SequenceEqual(word);

    private Token Take() => _tokens[Current.Kind == TokenKind.End ? _next : _next++];

    private bool TakeIf(TokenKind kind)
    {
        var fits = Current.Kind == kind;
        if (fits)
        {
            Take();
        }

        return fits;
    }

    private bool TakeIf(string word)
    {
        var fits = IsWord(word);
        if (fits)
        {
            Take();
        }

        return fits;
    }

    private bool Expect(TokenKind kind, string what)
    {
        if (Current.Kind == kind)
        {
            Take();
            return true;
        }

        Unexpected(what);
        return false;
    }

    private void Unexpected(string expected, string? suggestion = null)
    {
        // The lexer has already said what is wrong with a bad token.
        if (Current.Kind != TokenKind.Bad)
        {
            var found = Current.Kind == TokenKind.End ? "the end of the text" : $"`{Clip(TextOf(Current))}`";
            Diagnostics.Add(SyntaxCode.UnexpectedToken, $"expected {expected}, found {found}", Current.Span, suggestion);
        }
    }

    private static string Clip(ReadOnlySpan<char> text) => text.Length <= 40 ? text.ToString() : $"{text[..40]}…";

    private void Report(string code, string message, SourceSpan span, string? suggestion = null) =>
        Diagnostics.Add(code, message, span, suggestion);

    private void SkipPolicy()
    {
        while (Current.Kind != TokenKind.End && Take().Kind != TokenKind.Semicolon)
        {
        }
    }

    private SourceSpan SpanFrom(Token first) => SourceSpan.Between(first.Span, _tokens[Math.Max(_next - 1, 0)].Span);

    private string? TakeString()
    {
        var token = Take();
        return StringLiteral.Unescape(TextOf(token)[1..^1], token.Span.Start + 1, Diagnostics);
    }

    /// <summary>Items between the opening bracket, already taken, and the closing one; a comma after the last is fine.</summary>
    private ImmutableArray<T>? ParseList<T>(TokenKind close, string closeText, Func<T?> parseItem)
        where T : class
    {
        var items = ImmutableArray.CreateBuilder<T>();
        while (Current.Kind != close)
        {
            if (parseItem() is not { } item)
            {
                return null;
            }

            items.Add(item);
            if (!TakeIf(TokenKind.Comma) && Current.Kind != close)
            {
                Unexpected($"`,` or `{closeText}`");
                return null;
            }
        }

        Take();
        return items.DrainToImmutable();
    }
}
