namespace Holdpoint.Policy.Syntax;

/// <summary>The codes of <see cref="SyntaxDiagnostic"/>. A contract (docs/reference/cedar.md): never renumbered, never reused.</summary>
public static class SyntaxCode
{
    /// <summary>A character that no token of the language starts with.</summary>
    public const string UnknownCharacter = "CE0101";

    /// <summary>A string that does not end.</summary>
    public const string UnterminatedString = "CE0102";

    /// <summary>An escape that the language does not have, or a bare carriage return in a string.</summary>
    public const string BadEscape = "CE0103";

    /// <summary>An integer that does not fit 64 bits.</summary>
    public const string IntegerTooLarge = "CE0104";

    /// <summary>Another token was expected here.</summary>
    public const string UnexpectedToken = "CE0201";

    /// <summary>A reserved word, or the reserved name <c>__cedar</c>, used as a name.</summary>
    public const string ReservedName = "CE0202";

    /// <summary>A name that is no variable, function or type here.</summary>
    public const string UnknownName = "CE0203";

    /// <summary>An operator that Cedar does not have, such as <c>=</c>, <c>/</c> or <c>%</c>.</summary>
    public const string UnsupportedOperator = "CE0204";

    /// <summary>Two comparisons in a row, or more than four <c>!</c> or <c>-</c>.</summary>
    public const string AmbiguousOperators = "CE0205";

    /// <summary>A function or method that Cedar does not have, or one written as the other.</summary>
    public const string UnknownFunction = "CE0206";

    /// <summary>A wrong number of arguments.</summary>
    public const string WrongArity = "CE0207";

    /// <summary>The same annotation or the same record key twice.</summary>
    public const string Duplicate = "CE0208";

    /// <summary>A scope that is not <c>principal, action, resource</c> with the constraints that each may have.</summary>
    public const string BadScope = "CE0209";

    /// <summary>A slot where none may be: slots stand in the scope of a template only.</summary>
    public const string BadSlot = "CE0210";

    /// <summary>A <c>when</c> or <c>unless</c> without content.</summary>
    public const string EmptyCondition = "CE0211";

    /// <summary>The text is longer than the limit.</summary>
    public const string TextTooLong = "CE0901";

    /// <summary>Nested deeper than the limit.</summary>
    public const string NestedTooDeep = "CE0902";

    /// <summary>More nodes than the limit.</summary>
    public const string TooManyNodes = "CE0903";

    /// <summary>More policies than the limit.</summary>
    public const string TooManyPolicies = "CE0904";
}
