using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>
/// A schema, or a part of one, as it was written: names are not resolved and may be declared by another document. Immutable.
/// </summary>
/// <param name="Namespaces">The namespaces, each at most once.</param>
public sealed record SchemaDocument(ImmutableArray<NamespaceDeclaration> Namespaces)
{
    /// <summary>The document in the JSON syntax; it reads back to the same document.</summary>
    public string ToJson(bool indented = false) => SchemaJsonWriter.Write(this, indented);

    /// <summary>
    /// The same schema with every name in full, and of every type said whether it is an entity type or a common type; or why the document
    /// by itself is no schema.
    /// </summary>
    public SchemaParseResult WithResolvedNames() => FullNames.In(this);

    /// <summary>
    /// The document in the Cedar syntax, or why it cannot be said in it: a type that is named as an entity type where a common type of
    /// that name would be meant, attributes given by a common type, an open record.
    /// </summary>
    public SchemaTextResult ToCedar() => SchemaTextWriter.Write(this);
}
