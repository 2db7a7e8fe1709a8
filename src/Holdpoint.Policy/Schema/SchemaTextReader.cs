using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>
/// Recursive descent over the tokens of one schema. A method that meets a fault records it and returns null; reading goes on after the
/// next semicolon, so that each declaration shows its first fault.
/// </summary>
internal sealed partial class SchemaTextReader
{
    private readonly string _text;
    private readonly ParseLimits _limits;
    private readonly DiagnosticBag _faults = new();
    private readonly List<SchemaDiagnostic> _own = [];
    private readonly ImmutableArray<Token> _tokens;
    private int _next;
    private int _depth;

    public SchemaTextReader(string text, ParseLimits limits)
    {
        _text = text;
        _limits = limits;
        if (text.Length > limits.MaxLength)
        {
            _faults.Add(
                SyntaxCode.TextTooLong, $"the text has {text.Length} characters; the limit is {limits.MaxLength}",
                new(limits.MaxLength, 0));
            _tokens = [new(TokenKind.End, default)];
            return;
        }

        _tokens = Lexer.Tokenize(text, _faults);
    }

    private Token Current => _tokens[_next];

    public SchemaParseResult Read()
    {
        var named = ImmutableArray.CreateBuilder<NamespaceDeclaration>();
        var unnamed = new Declarations();
        while (Current.Kind != TokenKind.End && !_faults.IsFull)
        {
            if (ReadAnnotations() is not { } annotations)
            {
                SkipDeclaration();
            }
            else if (!IsWord("namespace"))
            {
                if (!ReadDeclaration(annotations, unnamed))
                {
                    SkipDeclaration();
                }
            }
            else if (ReadNamespace(annotations) is { } space)
            {
                named.Add(space);
            }
        }

        var document = new SchemaDocument(
            unnamed.IsEmpty ? named.DrainToImmutable() : [unnamed.Close("", Names.NoAnnotations, null), .. named]);
        SchemaDiagnostic[] faults =
        [
            .. _faults.ToImmutable().Select(f => new SchemaDiagnostic(f.Code, f.Message, f.Span, f.Suggestion)),
            .. _own,
            .. DeclarationCheck.Check(document),
        ];
        return faults is [] ? new(document, []) : new(null, [.. faults.OrderBy(f => f.Span?.Start)]);
    }

    private NamespaceDeclaration? ReadNamespace(ImmutableSortedDictionary<string, string> annotations)
    {
        Take();
        if (ReadPath("the name of a namespace") is not { } name || !Expect(TokenKind.LeftBrace, "`{`"))
        {
            SkipDeclaration();
            return null;
        }

        var declarations = new Declarations();
        while (!TakeIf(TokenKind.RightBrace))
        {
            if (Current.Kind == TokenKind.End)
            {
                Unexpected("`}`");
                return null;
            }

            if (ReadAnnotations() is not { } inner || !ReadDeclaration(inner, declarations))
            {
                SkipDeclaration();
            }
        }

        return declarations.Close(name.Name, annotations, name.Span);
    }

    private ImmutableSortedDictionary<string, string>? ReadAnnotations()
    {
        var annotations = Names.NoAnnotations;
        while (TakeIf(TokenKind.At))
        {
            var name = Current;
            if (!Expect(TokenKind.Word, "the name of an annotation"))
            {
                return null;
            }

            var value = "";
            if (TakeIf(TokenKind.LeftParen))
            {
                if (ReadString("a string") is not { } text || !Expect(TokenKind.RightParen, "`)`"))
                {
                    return null;
                }

                value = text;
            }

            var key = TextOf(name).ToString();
            if (annotations.ContainsKey(key))
            {
                _faults.Add(SyntaxCode.Duplicate, $"annotation `@{key}` is given twice", name.Span, "remove one of them");
                return null;
            }

            annotations = annotations.Add(key, value);
        }

        return annotations;
    }

    private void SkipDeclaration()
    {
        while (Current.Kind != TokenKind.End && Take().Kind != TokenKind.Semicolon)
        {
        }
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
        if (TakeIf(kind))
        {
            return true;
        }

        Unexpected(what);
        return false;
    }

    private void Unexpected(string expected, string? suggestion = null)
    {
        // The lexer has already said what is wrong with a bad token.
        if (Current.Kind == TokenKind.Bad)
        {
            return;
        }

        var text = TextOf(Current);
        var found = Current.Kind == TokenKind.End ? "the end of the text" : $"`{(text.Length <= 40 ? text : $"{text[..40]}…")}`";
        _faults.Add(SyntaxCode.UnexpectedToken, $"expected {expected}, found {found}", Current.Span, suggestion);
    }

    private string? ReadString(string what)
    {
        if (Current.Kind != TokenKind.String)
        {
            Unexpected(what);
            return null;
        }

        var token = Take();
        return StringLiteral.Unescape(TextOf(token)[1..^1], token.Span.Start + 1, _faults);
    }

    /// <summary>An identifier that is no reserved word. <c>__cedar</c> is one here: references may begin with it.</summary>
    private string? ReadName(string what)
    {
        if (Current.Kind != TokenKind.Word)
        {
            Unexpected(what);
            return null;
        }

        var name = TextOf(Current).ToString();
        if (CedarText.IsReserved(name) && name != "__cedar")
        {
            _faults.Add(
                SyntaxCode.ReservedName, $"`{name}` is reserved", Current.Span, $"as an attribute or an action, quote it: `\"{name}\"`");
            return null;
        }

        Take();
        return name;
    }

    /// <summary>Names joined by <c>::</c>; stops before a <c>::</c> that no name follows.</summary>
    private TypeReference? ReadPath(string what)
    {
        var start = Current.Span;
        if (ReadName(what) is not { } path)
        {
            return null;
        }

        while (Current.Kind == TokenKind.DoubleColon && _tokens[_next + 1].Kind == TokenKind.Word)
        {
            Take();
            if (ReadName("a name") is not { } next)
            {
                return null;
            }

            path = $"{path}::{next}";
        }

        return new(path, SourceSpan.Between(start, _tokens[_next - 1].Span));
    }

    /// <summary>One or more items with commas between them, and none after the last.</summary>
    private ImmutableArray<T>? ReadSeparated<T>(Func<T?> readItem)
        where T : struct
    {
        var items = ImmutableArray.CreateBuilder<T>();
        do
        {
            if (readItem() is not { } item)
            {
                return null;
            }

            items.Add(item);
        }
        while (TakeIf(TokenKind.Comma));
        return items.DrainToImmutable();
    }

    /// <summary>What one namespace declares, while it is read.</summary>
    private sealed class Declarations
    {
        public List<CommonTypeDeclaration> CommonTypes { get; } = [];

        public List<EntityDeclaration> EntityTypes { get; } = [];

        public List<ActionDeclaration> Actions { get; } = [];

        public bool IsEmpty => CommonTypes.Count + EntityTypes.Count + Actions.Count == 0;

        public NamespaceDeclaration Close(string name, ImmutableSortedDictionary<string, string> annotations, SourceSpan? span) => new()
        {
            Name = name,
            CommonTypes = [.. CommonTypes],
            EntityTypes = [.. EntityTypes],
            Actions = [.. Actions],
            Annotations = annotations,
            Span = span,
        };
    }
}
