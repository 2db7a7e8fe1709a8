namespace Holdpoint.Policy.Schema;

/// <summary>
/// The codes of <see cref="SchemaDiagnostic"/> that are about schemas; faults of spelling have those of <see cref="Syntax.SyntaxCode"/>.
/// A contract (docs/reference/cedar-schema.md): never renumbered, never reused.
/// </summary>
public static class SchemaCode
{
    /// <summary>A namespace, type, action or attribute that is declared twice.</summary>
    public const string DuplicateDeclaration = "CS0101";

    /// <summary>A declaration with a name that Cedar keeps for itself.</summary>
    public const string ReservedName = "CS0102";

    /// <summary>An <c>appliesTo</c> without a principal or a resource type, or with a part given twice.</summary>
    public const string BadAppliesTo = "CS0103";

    /// <summary>JSON that does not have the form of a schema.</summary>
    public const string NotASchema = "CS0110";

    /// <summary>A type that nothing declares, or that cannot stand here.</summary>
    public const string UndefinedType = "CS0201";

    /// <summary>An action that nothing declares.</summary>
    public const string UndefinedAction = "CS0202";

    /// <summary>A name of a namespace that hides one declared outside of any (RFC 70).</summary>
    public const string Shadowing = "CS0203";

    /// <summary>Common types that are defined by each other.</summary>
    public const string CommonTypeCycle = "CS0204";

    /// <summary>An action that is, through others, in itself.</summary>
    public const string ActionCycle = "CS0205";

    /// <summary>The attributes of an entity type, or a context, that are no record.</summary>
    public const string NotARecord = "CS0206";

    /// <summary>An extension type that Cedar does not have.</summary>
    public const string UnknownExtension = "CS0207";

    /// <summary>
    /// Something of older schemas that Cedar no longer has: attributes of actions, records that are open to any attribute.
    /// </summary>
    public const string NotSupported = "CS0208";

    /// <summary>A warning: the declaration hides a built-in type of the same name.</summary>
    public const string ShadowsBuiltIn = "CS0301";

    /// <summary>A warning: the common type hides the entity type of the same name.</summary>
    public const string ShadowsEntity = "CS0302";

    /// <summary>A JSON schema that the Cedar syntax has no words for.</summary>
    public const string NotExpressible = "CS0401";

    /// <summary>A type that, with its common types written out, is larger or deeper than the limit.</summary>
    public const string TypeTooLarge = "CS0901";

    /// <summary>More kinds of requests, or more ancestors in all, than the limit.</summary>
    public const string TooManyCombinations = "CS0902";
}
