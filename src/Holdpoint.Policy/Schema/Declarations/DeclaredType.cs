using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>A type as a schema writes it. Closed: every case is declared here.</summary>
public abstract record DeclaredType
{
    private DeclaredType()
    {
    }

    /// <summary><c>{"type": "Boolean"}</c>. The Cedar syntax names <c>Bool</c>, a common type, instead; likewise below.</summary>
    public sealed record Boolean : DeclaredType;

    /// <summary><c>{"type": "Long"}</c>.</summary>
    public sealed record Long : DeclaredType;

    /// <summary><c>{"type": "String"}</c>.</summary>
    public sealed record String : DeclaredType;

    /// <summary><c>{"type": "Extension", "name": …}</c>.</summary>
    public sealed record Extension(string Name) : DeclaredType;

    /// <summary><c>Set&lt;…&gt;</c>.</summary>
    public sealed record Set(DeclaredType Element) : DeclaredType;

    /// <summary>A record.</summary>
    /// <param name="Attributes">The attributes, as ordered in the source.</param>
    /// <param name="IsOpen"><c>"additionalAttributes": true</c>, which Cedar reads but does not support.</param>
    public sealed record Record(ImmutableArray<AttributeDeclaration> Attributes, bool IsOpen = false) : DeclaredType
    {
        /// <summary>The record without attributes.</summary>
        public static Record Empty { get; } = new([]);

        /// <summary>Whether this says no more than that there is nothing.</summary>
        public bool IsEmpty => Attributes.IsEmpty && !IsOpen;
    }

    /// <summary><c>{"type": "Entity", "name": …}</c>: only an entity type is meant.</summary>
    public sealed record Entity(TypeReference Name) : DeclaredType;

    /// <summary><c>{"type": …}</c>, or the name of a context: only a common type is meant.</summary>
    public sealed record Common(TypeReference Name) : DeclaredType;

    /// <summary>A name in the Cedar syntax: a common type, or else an entity type.</summary>
    public sealed record EntityOrCommon(TypeReference Name) : DeclaredType;
}
