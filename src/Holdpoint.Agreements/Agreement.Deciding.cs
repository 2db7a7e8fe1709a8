using Holdpoint.Policy;

namespace Holdpoint.Agreements;

public sealed partial class Agreement
{
    /// <summary>Decides on a request. Pure: the same subject and situation always give the same decision. Thread-safe, no I/O.</summary>
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
        if (!_deployments.TryGetValue(subject.Deployment, out var deployment) || !IsAgreed(subject))
        {
            return Refused(Cause.NotInAgreement);
        }

        if (!_contexts.TryWrite(situation, deployment.Suspended, out var context))
        {
            return Refused(Cause.SituationInvalid);
        }

        var request = new Request(
            SubjectStores.PrincipalOf(subject), SubjectStores.ActionOf(subject), SubjectStores.ResourceOf(subject), context);
        return _requests.Validate(request) is null && _stores.For(subject) is { } entities
            ? Judge(_authorizer.Evaluate(request, entities))
            : Refused(Cause.SituationInvalid);
    }

    private static Decision Refused(Cause cause) => new(new Verdict.Refuse([], cause), CedarDecision.Deny, [], []);

    private bool IsAgreed(Subject subject) =>
        subject is not Subject.Invoke invoke || (_providers.TryGetValue(invoke.Provider, out var provider) && provider.Runs(invoke.Model));
}
