namespace Holdpoint.Policy.Syntax;

/// <summary>How much policy text the parser takes on. A text at a limit is read; one past it is refused with a diagnostic.</summary>
public sealed record ParseLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static ParseLimits Default { get; } = new();

    /// <summary>
    /// Largest text, in UTF-16 code units. Default 1,048,576: some thousand policies, and above any file that a person reviews.
    /// </summary>
    public int MaxLength { get; init; } = 1 << 20;

    /// <summary>
    /// Largest depth of an expression: of its tree, and of brackets around it. Default 400: parser, compiler and evaluator recurse to
    /// this depth, and stay within a quarter of a 1 MiB stack with it.
    /// </summary>
    public int MaxDepth { get; init; } = 400;

    /// <summary>Most expression nodes in one text. Default 262,144: one for every four characters of the longest text.</summary>
    public int MaxNodes { get; init; } = 1 << 18;

    /// <summary>
    /// Most policies and templates in one text; in JSON, links too. Default 65,536: a text of the longest length could not hold more than
    /// 28,000.
    /// </summary>
    public int MaxPolicies { get; init; } = 1 << 16;
}
