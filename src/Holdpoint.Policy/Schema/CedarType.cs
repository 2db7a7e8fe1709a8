namespace Holdpoint.Policy.Schema;

/// <summary>
/// A type of the schema language, with all names resolved. Closed: the cases are those declared here and <see cref="RecordType"/>.
/// Immutable; compared by content.
/// </summary>
public abstract record CedarType
{
    private protected CedarType()
    {
    }

    /// <summary>The type of truth values, or, as the validator finds it, of one of them alone.</summary>
    /// <param name="Only">The one value that there can be; null for both. A schema declares only null.</param>
    public sealed record Boolean(bool? Only = null) : CedarType
    {
        /// <summary><c>Bool</c>.</summary>
        public static Boolean Any { get; } = new();

        /// <summary>What is always true.</summary>
        public static Boolean True { get; } = new(true);

        /// <summary>What is always false.</summary>
        public static Boolean False { get; } = new(false);

        /// <inheritdoc/>
        public override string ToString() => Only switch { true => "True", false => "False", null => "Bool" };
    }

    /// <summary><c>Long</c>.</summary>
    public sealed record Long : CedarType
    {
        /// <summary>The only one needed.</summary>
        public static Long Instance { get; } = new();

        /// <inheritdoc/>
        public override string ToString() => "Long";
    }

    /// <summary><c>String</c>.</summary>
    public sealed record String : CedarType
    {
        /// <summary>The only one needed.</summary>
        public static String Instance { get; } = new();

        /// <inheritdoc/>
        public override string ToString() => "String";
    }

    /// <summary>A reference to an entity of one type.</summary>
    /// <param name="Name">The entity type in full, such as <c>Holdpoint::Model</c>.</param>
    public sealed record EntityOf(string Name) : CedarType
    {
        /// <inheritdoc/>
        public override string ToString() => Name;
    }

    /// <summary><c>Set&lt;…&gt;</c>.</summary>
    /// <param name="Element">The type of every element.</param>
    public sealed record SetOf(CedarType Element) : CedarType
    {
        /// <inheritdoc/>
        public override string ToString() => $"Set<{Element}>";
    }

    /// <summary>A type of a Cedar extension.</summary>
    /// <param name="Kind">Which.</param>
    public sealed record ExtensionOf(ExtensionKind Kind) : CedarType
    {
        /// <inheritdoc/>
        public override string ToString() => Kind.Name;
    }
}
