using System.Collections.Immutable;
using Holdpoint.Analysis.SmtLib;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Questions;

/// <summary>Is there a store, and a request or two on it, of which something is true?</summary>
/// <param name="Store">All stores.</param>
/// <param name="Required">What has to be true.</param>
/// <param name="Requests">
/// The requests, each with what the analysis says of policies on it; an answer is held against the evaluator.
/// </param>
internal sealed record Question(SymbolicStore Store, ImmutableArray<Term> Required, ImmutableArray<AskedRequest> Requests)
{
    /// <summary>What a witness should be like besides; see <see cref="Counterexamples.Wishes"/>. These come first.</summary>
    public ImmutableArray<Wish<Term>> Wishes { get; init; } = [];

    /// <summary>Whether only the answer matters, and nobody will look at the witness.</summary>
    public bool IsBare { get; init; }
}

/// <summary>A request of a <see cref="Question"/>.</summary>
internal sealed record AskedRequest(SymbolicRequest Request, ImmutableArray<SymbolicPolicy> Policies);
