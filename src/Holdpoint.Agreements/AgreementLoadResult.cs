using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Agreements;

/// <summary>An agreement, or everything that keeps it from being one.</summary>
/// <param name="Agreement">The agreement; null when there are problems.</param>
/// <param name="Problems">What is wrong, all at once; empty when nothing is.</param>
public sealed record AgreementLoadResult(Agreement? Agreement, ImmutableArray<AgreementProblem> Problems)
{
    /// <summary>Whether there is an agreement.</summary>
    [MemberNotNullWhen(true, nameof(Agreement))]
    public bool IsLoaded => Agreement is not null;
}
