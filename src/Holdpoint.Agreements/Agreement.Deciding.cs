using Holdpoint.Policy;

namespace Holdpoint.Agreements;

public sealed partial class Agreement
{
    private static readonly Decision NotInAgreement = Refused(Cause.NotInAgreement);
    private static readonly Decision SituationInvalid = Refused(Cause.SituationInvalid);

    /// <summary>
    /// Decides on a request. Pure: the same subject and situation always give the same decision. Thread-safe, no I/O. Allocates nothing
    /// for a subject and a kind of decision that it has met before, unless a clause errs or computes sets or records.
    /// </summary>
    /// <remarks>
    /// The rule: the request is refused when no permit applies, when a forbid cannot be evaluated, or when a forbid without
    /// <c>@hold</c> applies; else it is held for the seats of all applying forbids together; else it is permitted. Red lines are
    /// forbids like any other here: a second wall behind the clauses. A permit that cannot be evaluated permits nothing. Before any
    /// clause is asked, the request and its entities must conform to the vocabulary.
    /// </remarks>
    public Decision Decide(Subject subject, Situation situation)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(situation);
        if (_subjects.Find(subject) is not { } known)
        {
            if (!_deployments.TryGetValue(subject.Deployment, out var deployment) || !IsAgreed(subject))
            {
                return NotInAgreement;
            }

            if (_subjects.Make(subject, deployment) is not { } made)
            {
                return SituationInvalid;
            }

            known = made;
        }

        // Whatever is thrown, the scratch is not given back, and nothing of this decision is met by the next.
        var scratch = DecisionScratch.Take();
        var decision = Decide(known, situation, scratch.Context, scratch.Outcomes);
        scratch.GiveBack();
        return decision;
    }

    private Decision Decide(KnownSubject subject, Situation situation, ContextBuffer buffer, PolicyOutcomes outcomes)
    {
        if (!_contexts.TryWrite(situation, subject.IsSuspended, buffer)
            || _requests.ValidateContext(subject.Action, buffer.Context) is not null)
        {
            return SituationInvalid;
        }

        _authorizer.Evaluate(subject.Request, buffer.Context, subject.Entities, outcomes);
        return Judge(outcomes);
    }

    private static Decision Refused(Cause cause) => new(new Verdict.Refuse([], cause), CedarDecision.Deny, [], []);

    private bool IsAgreed(Subject subject) =>
        subject is not Subject.Invoke invoke || (_providers.TryGetValue(invoke.Provider, out var provider) && provider.Runs(invoke.Model));
}
