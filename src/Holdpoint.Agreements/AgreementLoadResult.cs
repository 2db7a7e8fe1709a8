using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Agreements;

/// <summary>An agreement, or all the problems that keep it from being loaded.</summary>
/// <param name="Agreement">The agreement; null when there are problems.</param>
/// <param name="Problems">All problems at once; empty when there are none.</param>
public sealed record AgreementLoadResult(Agreement? Agreement, ImmutableArray<AgreementProblem> Problems)
{
    /// <summary>Whether there is an agreement.</summary>
    [MemberNotNullWhen(true, nameof(Agreement))]
    public bool IsLoaded => Agreement is not null;
}
