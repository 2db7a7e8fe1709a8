using System.Collections.Immutable;

namespace Holdpoint.Agreements.Loading;

/// <summary>Everything found wrong while loading, so that one run tells all of it.</summary>
internal sealed class Problems
{
    private readonly List<AgreementProblem> _found = [];

    public bool Any => _found.Count > 0;

    public int Count => _found.Count;

    public void Add(string code, string place, string message, string fix) => _found.Add(new(code, place, message, fix));

    public ImmutableArray<AgreementProblem> ToImmutable() => [.. _found.Distinct()];
}
