using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Records;
using Holdpoint.Signals;

namespace Holdpoint.Gateway.Decisions;

/// <summary>The facts that stage 3 established about a request: all that it is decided and recorded on. Immutable.</summary>
/// <param name="Request">The request.</param>
/// <param name="Model">The model as the configuration names it: the name itself, or the pattern that it matches.</param>
/// <param name="Subject">Who would call which model.</param>
/// <param name="Situation">What is proved, said and guessed about it.</param>
/// <param name="Findings">What the detectors saw in the request, over all its parts.</param>
/// <param name="Coverage">Every part, by which check, with what result.</param>
internal sealed record Established(
    Request Request, string Model, Subject.Invoke Subject, Situation Situation, Findings Findings, Coverage Coverage)
{
    // Only ids that resolved, as they all have by now: an unresolved one is 32 bytes that the client chose.
    private ImmutableArray<string> Evidence { get; } = [.. Request.Evidence.Select(id => id.ToString())];

    /// <summary>The same request to another provider, which is another subject.</summary>
    public Established For(string provider, string model) => this with { Model = model, Subject = Subject with { Provider = provider } };

    /// <summary>The record that decides the request, apart from the decision: with commitments to what came in.</summary>
    public RecordDraft Opening() => Request.Draft(
        RecordKind.Call, Model, Evidence, coverage: Coverage, exposure: Situation.Exposure.ToRecord(),
        commitments: Request.Commitments(Model, withClaims: true));

    /// <summary>The fields that every record about this request shares.</summary>
    /// <param name="kind">What is recorded.</param>
    /// <param name="about">Index of the record that decided the request; null for that record itself.</param>
    public RecordDraft Draft(RecordKind kind, long? about = null) => Request.Draft(kind, Model, Evidence, about);
}
