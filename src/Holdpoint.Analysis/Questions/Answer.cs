using System.Collections.Immutable;
using Holdpoint.Analysis.Counterexamples;

namespace Holdpoint.Analysis.Questions;

/// <summary>The answer to a <see cref="Question"/>. Closed: every case is declared here.</summary>
internal abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>There are none: proved.</summary>
    public sealed record No : Answer;

    /// <summary>There are: here they are, one witness for each request, and the evaluator says the same of them.</summary>
    public sealed record Yes(ImmutableArray<Witness> Witnesses) : Answer;

    /// <summary>Nobody knows, so nothing is proved.</summary>
    public sealed record Unknown(string Why) : Answer;

    /// <summary>
    /// The evaluator does not do on the witness what the analysis says. Nothing that this analysis says can be relied on.
    /// </summary>
    public sealed record Fault(ImmutableArray<Witness> Witnesses, ImmutableArray<string> Policies) : Answer;
}
