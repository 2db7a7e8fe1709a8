using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;
using Holdpoint.Policy.Evaluation;

namespace Holdpoint.Policy;

/// <summary>
/// A compiled <see cref="PolicySet"/>. The cost of a decision follows the policies whose scope can fit the request, not the size of
/// the set. Immutable and thread-safe; the same request on the same entities always gets the same answer.
/// </summary>
public sealed class Authorizer
{
    // What the stack is used for; a larger set borrows its scratch memory from the pool.
    private const int StackWords = 64;
    private const int StackMarks = 1024;

    private readonly ImmutableArray<CompiledPolicy> _policies;
    private readonly ScopeTable _scopes;
    private readonly ScopeIndex _index;

    internal Authorizer(ImmutableArray<Policy> policies)
    {
        _scopes = new ScopeTable();
        _policies = [.. policies.Select(p => CompiledPolicy.From(p, _scopes))];
        _index = new ScopeIndex(policies);
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

    /// <summary>As <see cref="Evaluate(Request, EntityStore)"/>, into an object that the caller keeps for the next request.</summary>
    public void Evaluate(Request request, EntityStore entities, PolicyOutcomes outcomes)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(entities);
        ArgumentNullException.ThrowIfNull(outcomes);
        outcomes.Clear();

        var words = (_policies.Length + 63) / 64;
        var rentedWords = words > StackWords ? ArrayPool<ulong>.Shared.Rent(words) : null;
        var candidates = rentedWords is null ? stackalloc ulong[words] : rentedWords.AsSpan(0, words);
        var rentedMarks = _scopes.Count > StackMarks ? ArrayPool<ScopeMark>.Shared.Rent(_scopes.Count) : null;
        var marks = rentedMarks is null ? stackalloc ScopeMark[_scopes.Count] : rentedMarks.AsSpan(0, _scopes.Count);
        try
        {
            candidates.Clear();
            marks.Clear();
            var frame = new Frame(request, entities);
            _index.MarkCandidates(in frame, candidates);
            Evaluate(ref frame, candidates, marks, outcomes);
        }
        finally
        {
            if (rentedWords is not null)
            {
                ArrayPool<ulong>.Shared.Return(rentedWords);
            }

            if (rentedMarks is not null)
            {
                ArrayPool<ScopeMark>.Shared.Return(rentedMarks);
            }
        }
    }

    private void Evaluate(ref Frame frame, ReadOnlySpan<ulong> candidates, Span<ScopeMark> marks, PolicyOutcomes outcomes)
    {
        for (var word = 0; word < candidates.Length; word++)
        {
            for (var bits = candidates[word]; bits != 0; bits &= bits - 1)
            {
                var policy = _policies[(word * 64) + BitOperations.TrailingZeroCount(bits)];
                if (!_scopes.Fits(policy, ref frame, marks))
                {
                    continue;
                }

                switch (policy.Test(ref frame))
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
    }
}
