using System.Collections.Immutable;
using Holdpoint.Policy;

namespace Holdpoint.Agreements;

public sealed partial class Agreement
{
    /// <summary>The verdict on the outcomes of the policies, made or as it was made on the same outcomes before.</summary>
    private Decision Judge(PolicyOutcomes outcomes)
    {
        // An error has a message of its own, so what comes of it is not kept.
        foreach (var outcome in outcomes.All)
        {
            if (!outcome.IsSatisfied)
            {
                return JudgeAnew(outcomes);
            }
        }

        return _decisions.Find(outcomes) ?? _decisions.Keep(outcomes, JudgeAnew(outcomes));
    }

    /// <summary>Refused, else held, else permitted.</summary>
    private Decision JudgeAnew(PolicyOutcomes outcomes)
    {
        // Outcomes come in the order of the set, so a clause's policies are neighbours and each list names it once.
        List<Clause> permitting = [], forbidding = [], holding = [], erring = [];
        var needs = Agreements.Seats.None;
        var errors = ImmutableArray<ClauseError>.Empty;
        foreach (var (policy, error) in outcomes.All)
        {
            var (clause, hold) = _policies[policy.Id];
            if (error is not null)
            {
                errors = errors.Add(new(clause.Id, error.Message));
            }

            if (policy.Effect == Effect.Permit)
            {
                Note(error is null ? permitting : null, clause);
            }
            else if (error is not null)
            {
                Note(erring, clause);
            }
            else if (hold is null)
            {
                Note(forbidding, clause);
            }
            else
            {
                Note(holding, clause);
                needs = needs.Union(hold);
            }
        }

        var cedar = outcomes.Decision == Policy.Decision.Allow ? CedarDecision.Allow : CedarDecision.Deny;
        if (forbidding is not [])
        {
            return Decided(forbidding, by => new Verdict.Refuse(by, Cause.Forbidden));
        }

        if (erring is not [])
        {
            return Decided(erring, by => new Verdict.Refuse(by, Cause.ClauseError));
        }

        if (permitting is [])
        {
            return Decided([], by => new Verdict.Refuse(by, Cause.NotPermitted));
        }

        return holding is not []
            ? Decided(holding, by => new Verdict.Hold(by, needs))
            : Decided(permitting, by => new Verdict.Permit(by));

        Decision Decided(List<Clause> reasons, Func<ImmutableArray<ClauseId>, Verdict> verdict) =>
            new(verdict([.. reasons.Select(clause => clause.Id)]), cedar, [.. reasons], errors);
    }

    private static void Note(List<Clause>? clauses, Clause clause)
    {
        if (clauses is not null && (clauses is [] || !ReferenceEquals(clauses[^1], clause)))
        {
            clauses.Add(clause);
        }
    }
}
