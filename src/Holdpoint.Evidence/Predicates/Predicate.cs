using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Evidence.InToto;

namespace Holdpoint.Evidence.Predicates;

/// <summary>
/// The predicate of a statement. Closed: <see cref="DatasetProvenance"/>, <see cref="Authority"/>, <see cref="Revocation"/>,
/// <see cref="Approval"/>, <see cref="Proof"/>. A field that the statement leaves out is null here and means "unknown", never a default.
/// Values of vocabularies are raw text: the agreement checks them. Immutable.
/// </summary>
public abstract class Predicate
{
    private protected Predicate()
    {
    }

    /// <summary>The type of the predicate.</summary>
    public abstract PredicateType Type { get; }

    /// <summary>The time in which the statement holds; always for a revocation.</summary>
    public Validity Validity { get; init; }

    /// <summary>The deployments that may rely on the statement; empty for all that its issuer may speak for.</summary>
    public ImmutableArray<string> Deployments { get; init; } = [];

    /// <summary>Writes the predicate's members into an object that the caller opened.</summary>
    internal abstract void WriteMembers(Utf8JsonWriter json);

    /// <summary>The reason that the predicate cannot be about these subjects, or null.</summary>
    internal virtual string? FaultWith(ImmutableArray<StatementSubject> subjects) => null;

    private protected static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private protected static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        if (values.IsDefaultOrEmpty)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
