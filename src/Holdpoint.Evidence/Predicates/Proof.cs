using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Json;

namespace Holdpoint.Evidence.Predicates;

/// <summary>
/// <c>proof/v1</c>: the theorems that were proved about one version of an agreement. Its one subject is the bundle, by its digest. A proof
/// does not expire: it counts until the key is no longer trusted.
/// </summary>
public sealed class Proof : Predicate
{
    /// <summary>The name of the subject in the statement.</summary>
    public const string SubjectName = "bundle";

    private const int MaxNames = 16;

    /// <inheritdoc/>
    public override PredicateType Type => PredicateType.Proof;

    /// <summary>The name of the agreement, for people; the subject's digest says which version of it.</summary>
    public required string Agreement { get; init; }

    /// <summary>The version of the analysis: a proof counts only for the version that reads it.</summary>
    public required long Analysis { get; init; }

    /// <summary>The solvers that were asked, such as <c>z3</c>.</summary>
    public required ImmutableArray<string> Solvers { get; init; }

    /// <summary>The theorems that were proved, such as <c>T1</c>; each of every clause that the theorem is about.</summary>
    public required ImmutableArray<string> Theorems { get; init; }

    /// <summary>The time of the proof, by the clock of the machine, to the second.</summary>
    public required DateTimeOffset Issued { get; init; }

    internal static Proof Read(Fields fields, Faults faults)
    {
        var issued = fields.RequiredText("issued");
        if (!Validity.TryParseInstant(issued, out var instant))
        {
            faults.Add($"{fields.PathOf("issued")} must be a time such as 2027-01-31T12:00:00Z");
        }

        return new()
        {
            Agreement = fields.RequiredText("agreement"),
            Analysis = fields.Count("analysis") ?? Missing<long>("analysis"),
            Solvers = fields.Texts("solvers", MaxNames) is { IsDefault: false } solvers
                ? solvers
                : Missing<ImmutableArray<string>>("solvers"),
            Theorems = fields.Texts("theorems", MaxNames) is { IsDefault: false } theorems
                ? theorems
                : Missing<ImmutableArray<string>>("theorems"),
            Issued = instant,
        };

        T? Missing<T>(string name)
        {
            faults.Add($"{fields.PathOf(name)} is missing");
            return default;
        }
    }

    internal override string? FaultWith(ImmutableArray<StatementSubject> subjects) =>
        subjects.Length == 1 ? null : "a proof has exactly one subject: the bundle, by its digest";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        WriteText(json, "agreement", Agreement);
        json.WriteNumber("analysis", Analysis);
        WriteTexts(json, "solvers", Solvers);
        WriteTexts(json, "theorems", Theorems);
        WriteText(json, "issued", Validity.Text(Issued));
    }
}
