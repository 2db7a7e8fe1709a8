using System.Collections.Immutable;
using Holdpoint.Evidence.Json;

namespace Holdpoint.Evidence.Predicates;

/// <summary>
/// A known predicate: its name in agreements and on command lines (<c>dataset-provenance/v1</c>) and its URI in statements
/// (<c>https://holdpoint.dev/dataset-provenance/v1</c>). Closed set, compared by reference.
/// </summary>
public sealed class PredicateType
{
    private const string UriPrefix = "https://holdpoint.dev/";

    private readonly Func<Fields, Faults, Predicate?> _read;

    private PredicateType(string name, Func<Fields, Faults, Predicate?> read)
    {
        Name = name;
        _read = read;
    }

    /// <summary>The provenance of a dataset.</summary>
    public static PredicateType DatasetProvenance { get; } = new("dataset-provenance/v1", Predicates.DatasetProvenance.Read);

    /// <summary>A legal authority: the permitted use, and its law.</summary>
    public static PredicateType Authority { get; } = new("authority/v1", Predicates.Authority.Read);

    /// <summary>The revocation of statements.</summary>
    public static PredicateType Revocation { get; } = new("revocation/v1", Predicates.Revocation.Read);

    /// <summary>One person's decision on one hold.</summary>
    public static PredicateType Approval { get; } = new("approval/v1", Predicates.Approval.Read);

    /// <summary>The theorems that were proved of one version of an agreement.</summary>
    public static PredicateType Proof { get; } = new("proof/v1", Predicates.Proof.Read);

    /// <summary>Every known predicate.</summary>
    public static ImmutableArray<PredicateType> All { get; } = [DatasetProvenance, Authority, Revocation, Approval, Proof];

    /// <summary>The name with its version, such as <c>authority/v1</c>.</summary>
    public string Name { get; }

    /// <summary>The <c>predicateType</c> of statements.</summary>
    public string Uri => UriPrefix + Name;

    /// <summary>The predicate of a name with its version; null for any other text.</summary>
    public static PredicateType? FromName(string name) => All.FirstOrDefault(t => t.Name == name);

    /// <summary>The predicate of a URI, compared as text; null for any other URI.</summary>
    public static PredicateType? FromUri(string uri) => All.FirstOrDefault(t => t.Uri == uri);

    /// <summary><see cref="Name"/>.</summary>
    public override string ToString() => Name;

    internal Predicate? Read(Fields fields, Faults faults) => _read(fields, faults);
}
