namespace Holdpoint.Policy.Schema;

/// <summary>
/// The codes of <see cref="ConformanceFault"/>. A contract (docs/reference/cedar-schema.md): never renumbered, never reused.
/// </summary>
public static class ConformanceCode
{
    /// <summary>An action that the schema does not declare.</summary>
    public const string UndeclaredAction = "CC0101";

    /// <summary>An entity type that the schema does not declare.</summary>
    public const string UndeclaredType = "CC0102";

    /// <summary>A principal of a type that the action does not apply to.</summary>
    public const string WrongPrincipal = "CC0103";

    /// <summary>A resource of a type that the action does not apply to.</summary>
    public const string WrongResource = "CC0104";

    /// <summary>An entity of an enumerated type with an id that the schema does not list.</summary>
    public const string NotInEnum = "CC0105";

    /// <summary>A required attribute that is missing.</summary>
    public const string MissingAttribute = "CC0201";

    /// <summary>An attribute that the schema does not declare.</summary>
    public const string UnexpectedAttribute = "CC0202";

    /// <summary>A value of another type than the schema says.</summary>
    public const string WrongType = "CC0203";

    /// <summary>A tag on an entity whose type has none.</summary>
    public const string UnexpectedTag = "CC0204";

    /// <summary>A parent of a type that the schema does not allow.</summary>
    public const string WrongParent = "CC0205";

    /// <summary>An action that differs from the schema's.</summary>
    public const string ActionDiffers = "CC0206";

    /// <summary>A reference to an entity that the store does not have.</summary>
    public const string Dangling = "CC0301";
}
