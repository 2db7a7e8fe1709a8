namespace Holdpoint.Policy.Validation;

/// <summary>
/// The codes of <see cref="ValidationFinding"/>. A contract (docs/reference/cedar-validation.md): never renumbered, never reused.
/// </summary>
public static class ValidationCode
{
    /// <summary>An entity type that the schema does not declare.</summary>
    public const string UnknownEntityType = "CV0101";

    /// <summary>An action that the schema does not declare.</summary>
    public const string UnknownAction = "CV0102";

    /// <summary>An entity of an enumerated type whose id the schema does not list.</summary>
    public const string UnknownEnumId = "CV0103";

    /// <summary>
    /// A scope that no action of the schema fits: with none of them can the principal and the resource both be of a named type.
    /// </summary>
    public const string NoApplicableAction = "CV0104";

    /// <summary>An operand of a type that the operator, function or condition does not take.</summary>
    public const string UnexpectedType = "CV0201";

    /// <summary>Types that have to be the same and are not.</summary>
    public const string IncompatibleTypes = "CV0202";

    /// <summary>An attribute that values of this type do not have, or that only some of them have.</summary>
    public const string UnknownAttribute = "CV0203";

    /// <summary>An optional attribute that is read where it may be absent.</summary>
    public const string UnguardedAttribute = "CV0204";

    /// <summary>A tag that is read where it may be absent.</summary>
    public const string UnguardedTag = "CV0205";

    /// <summary>A tag of an entity type that has none.</summary>
    public const string NoTags = "CV0206";

    /// <summary>An empty set, which has no type of its own. Strict only.</summary>
    public const string EmptySet = "CV0207";

    /// <summary>A wrong number of arguments.</summary>
    public const string WrongArity = "CV0208";

    /// <summary>A literal that an extension constructor does not take.</summary>
    public const string BadExtensionText = "CV0209";

    /// <summary>An extension constructor with anything but a literal. Strict only.</summary>
    public const string ComputedExtensionText = "CV0210";

    /// <summary>More steps from entity to entity than the level allows (RFC 76).</summary>
    public const string LevelExceeded = "CV0301";

    /// <summary>Data of an entity that the policy names and not the request, which no level covers (RFC 76).</summary>
    public const string LiteralDereference = "CV0302";

    /// <summary>A warning: the policy is false for every valid request.</summary>
    public const string ImpossiblePolicy = "CV0501";

    /// <summary>A warning: a string of several scripts, some of whose letters may be taken for others (UTS 39).</summary>
    public const string MixedScriptText = "CV0502";

    /// <summary>A warning: a string with invisible characters that turn the direction of text.</summary>
    public const string BidirectionalText = "CV0503";

    /// <summary>A warning: a name or an entity id of several scripts.</summary>
    public const string MixedScriptName = "CV0504";

    /// <summary>A warning: a name or an entity id with invisible characters that turn the direction of text.</summary>
    public const string BidirectionalName = "CV0505";

    /// <summary>A warning: a name or an entity id with a character that is not meant for identifiers (UTS 39).</summary>
    public const string ConfusableName = "CV0506";

    /// <summary>Nested deeper than the validator follows.</summary>
    public const string NestedTooDeep = "CV0901";
}
