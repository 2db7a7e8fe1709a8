using System.Collections.Immutable;
using System.Numerics;
using Holdpoint.Policy.Evaluation;

namespace Holdpoint.Policy;

/// <summary>
/// A compiled <see cref="PolicySet"/>. The cost of a decision follows the policies whose scope fits the request, not the size of
/// the set. Immutable and thread-safe; the same request on the same entities always gets the same answer.
/// </summary>
public sealed class Authorizer
{
    private readonly CompiledPolicy[] _policies;
    private readonly ScopeIndex _index;
    private readonly int _slots;

    internal Authorizer(ImmutableArray<Policy> policies)
    {
        var shared = new SharedExpressions();
        foreach (var condition in policies.SelectMany(p => p.Conditions))
        {
            shared.Add(condition.Body);
        }

        var compiler = new Compiler(shared);
        _policies = [.. policies.Select(p => CompiledPolicy.From(p, compiler))];
        _index = new ScopeIndex(_policies);
        _slots = shared.SlotCount;
    }

    /// <summary>Cedar's decision, with its reasons and errors.</summary>
    public Response Authorize(Request request, EntityStore entities)
    {
        var outcomes = Evaluate(request, entities);
        var decision = outcomes.Decision;
        var reasons = ImmutableArray.CreateBuilder<string>();
        var errors = ImmutableArray.CreateBuilder<PolicyError>();
        foreach (var (policy, error) in outcomes.All)
        {
            if (error is not null)
            {
                errors.Add(new(policy.Id, error.Message));
            }
            else if (policy.Effect == Effect.Permit == (decision == Decision.Allow))
            {
                reasons.Add(policy.Id);
            }
        }

        return new(decision, reasons.DrainToImmutable(), errors.DrainToImmutable());
    }

    /// <summary>Every policy that applies or errs.</summary>
    public PolicyOutcomes Evaluate(Request request, EntityStore entities)
    {
        var outcomes = new PolicyOutcomes();
        Evaluate(request, entities, outcomes);
        return outcomes;
    }

    /// <summary>
    /// As <see cref="Evaluate(Request, EntityStore)"/>, into an object that the caller keeps for the next request, with its working
    /// memory: nothing is allocated unless a policy errs, or computes new sets, records or extension values.
    /// </summary>
    public void Evaluate(Request request, EntityStore entities, PolicyOutcomes outcomes)
    {
        ArgumentNullException.ThrowIfNull(request);
        Evaluate(request, request.Context, entities, outcomes);
    }

    /// <summary>As <see cref="Evaluate(Request, EntityStore, PolicyOutcomes)"/>, with another context than the request's own.</summary>
    public void Evaluate(Request request, RecordBuffer context, EntityStore entities, PolicyOutcomes outcomes)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        Evaluate(request, context.Record, entities, outcomes);
    }

    private void Evaluate(Request request, RecordValue context, EntityStore entities, PolicyOutcomes outcomes)
    {
        ArgumentNullException.ThrowIfNull(entities);
        ArgumentNullException.ThrowIfNull(outcomes);
        outcomes.Clear();

        var candidates = outcomes.Scratch.Prepare((_policies.Length + 63) / 64, _slots);
        var frame = new Frame(request, context, entities, outcomes.Scratch);
        _index.Mark(ref frame, candidates);
        for (var word = 0; word < candidates.Length; word++)
        {
            for (var bits = candidates[word]; bits != 0; bits &= bits - 1)
            {
                var policy = _policies[(word * 64) + BitOperations.TrailingZeroCount(bits)];
                switch (policy.Condition?.Test(ref frame) ?? Truth.True)
                {
                    case Truth.True:
                        outcomes.Add(new(policy.Source, null));
                        break;
                    case Truth.Error:
                        outcomes.Add(new(policy.Source, frame.TakeError()));
                        break;
                }
            }
        }

        outcomes.Scratch.Forget();
    }
}
