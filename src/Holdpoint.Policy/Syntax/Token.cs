namespace Holdpoint.Policy.Syntax;

internal enum TokenKind : byte
{
    /// <summary>After the last character.</summary>
    End,

    /// <summary>Not a token; the lexer has said why.</summary>
    Bad,

    /// <summary>An identifier or a reserved word.</summary>
    Word,

    /// <summary>Digits.</summary>
    Integer,

    /// <summary>A string with its quotes.</summary>
    String,

    /// <summary><c>?name</c></summary>
    Slot,

    At,
    Dot,
    Comma,
    Semicolon,
    Colon,
    DoubleColon,
    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Or,
    And,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Bang,

    /// <summary><c>?</c> alone, which only schemas have: it marks an optional attribute.</summary>
    Question,

    /// <summary><c>=</c>, which Cedar does not have but people write.</summary>
    Assign,
}

/// <summary>A word of the language and its place.</summary>
internal readonly record struct Token(TokenKind Kind, SourceSpan Span);
