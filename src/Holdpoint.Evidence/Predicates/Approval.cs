using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Json;

namespace Holdpoint.Evidence.Predicates;

/// <summary>
/// <c>approval/v1</c>: one person's decision on one hold. Its one subject is the object of the decision: the digest of a
/// <see cref="Approvals.HoldBinding"/>. An approval has no time bounds of its own, because the hold has some.
/// </summary>
public sealed class Approval : Predicate
{
    /// <summary>The word for a decision to approve.</summary>
    public const string Approve = "approve";

    /// <summary>The word for a decision to refuse.</summary>
    public const string Refuse = "refuse";

    /// <inheritdoc/>
    public override PredicateType Type => PredicateType.Approval;

    /// <summary>The hold's id.</summary>
    public required string Hold { get; init; }

    /// <summary>
    /// The capacity in which the person decides: a kind of seat, such as <c>reviewer</c>. The seats of a kind are alike, so the gateway
    /// gives the number.
    /// </summary>
    public required string Seat { get; init; }

    /// <summary>Whether the person approves; otherwise the hold ends.</summary>
    public required bool IsApproved { get; init; }

    /// <summary>The time of the decision, by the clock of the person's own machine, to the second.</summary>
    public required DateTimeOffset Issued { get; init; }

    /// <summary>The person's note on the decision; null when there is none.</summary>
    public string? Note { get; init; }

    internal static Approval Read(Fields fields, Faults faults)
    {
        var decision = fields.RequiredText("decision");
        if (decision is not (Approve or Refuse))
        {
            faults.Add($"{fields.PathOf("decision")} must be {Approve} or {Refuse}");
        }

        var issued = fields.RequiredText("issued");
        if (!Validity.TryParseInstant(issued, out var instant))
        {
            faults.Add($"{fields.PathOf("issued")} must be a time such as 2027-01-31T12:00:00Z");
        }

        return new()
        {
            Hold = fields.RequiredText("hold"),
            Seat = fields.RequiredText("seat"),
            IsApproved = decision == Approve,
            Issued = instant,
            Note = fields.Text("note"),
        };
    }

    internal override string? FaultWith(ImmutableArray<StatementSubject> subjects) =>
        subjects.Length == 1 ? null : "an approval has exactly one subject: what is decided on, by its digest";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        WriteText(json, "hold", Hold);
        WriteText(json, "seat", Seat);
        WriteText(json, "decision", IsApproved ? Approve : Refuse);
        WriteText(json, "issued", Validity.Text(Issued));
        WriteText(json, "note", Note);
    }
}
