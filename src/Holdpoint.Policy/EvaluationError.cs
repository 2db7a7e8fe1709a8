using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy;

/// <summary>What kind of fault stopped an evaluation.</summary>
public enum EvaluationFault
{
    /// <summary>A value has another type than the operation needs.</summary>
    Type,

    /// <summary>A record or an entity has no attribute of the name.</summary>
    MissingAttribute,

    /// <summary>An entity has no tag of the name.</summary>
    MissingTag,

    /// <summary>An entity whose content is needed is not in the store.</summary>
    MissingEntity,

    /// <summary>A result does not fit 64 bits.</summary>
    Overflow,

    /// <summary>A text is no value of the extension type that it was to become.</summary>
    BadExtensionText,

    /// <summary>An extension function was called with the wrong number of arguments.</summary>
    Arity,
}

/// <summary>Why a policy could not be evaluated on a request.</summary>
/// <param name="Fault">The kind of fault.</param>
/// <param name="Message">One sentence for people. Names types, attributes and functions; never values or ids.</param>
/// <param name="Span">The expression at fault, in the text that its policy was parsed from.</param>
public sealed record EvaluationError(EvaluationFault Fault, string Message, SourceSpan Span);
