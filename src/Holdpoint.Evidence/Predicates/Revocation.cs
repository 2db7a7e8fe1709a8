using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Json;

namespace Holdpoint.Evidence.Predicates;

/// <summary>
/// <c>revocation/v1</c>: the revocation of statements. Its subjects are the revoked statements, each by the digest of the posted envelope
/// (its <see cref="EvidenceId"/>) or of the signed payload, which revokes it in every envelope. A revocation does not expire and cannot be
/// revoked.
/// </summary>
public sealed class Revocation : Predicate
{
    /// <inheritdoc/>
    public override PredicateType Type => PredicateType.Revocation;

    /// <summary>The reason, for people; null when not said.</summary>
    public string? Reason { get; init; }

    internal static Revocation Read(Fields fields, Faults faults) => new() { Reason = fields.Text("reason") };

    internal override string? FaultWith(ImmutableArray<StatementSubject> subjects) =>
        subjects.IsEmpty ? "a revocation must name what it revokes as its subjects" : null;

    internal override void WriteMembers(Utf8JsonWriter json) => WriteText(json, "reason", Reason);
}
