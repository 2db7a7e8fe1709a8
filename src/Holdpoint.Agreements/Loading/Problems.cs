using System.Collections.Immutable;
using Holdpoint.Agreements.Loading.Yaml;

namespace Holdpoint.Agreements.Loading;

/// <summary>All problems found while loading, so that one run reports them all.</summary>
/// <param name="format">The format of the YAML files that are read; null for an agreement's.</param>
internal sealed class Problems(YamlFormat? format = null)
{
    private readonly List<AgreementProblem> _found = [];

    public YamlFormat Format { get; } = format ?? YamlFormat.Agreement;

    public bool Any => _found.Count > 0;

    public int Count => _found.Count;

    public void Add(string code, string place, string message, string fix) => _found.Add(new(code, place, message, fix));

    public ImmutableArray<AgreementProblem> ToImmutable() => [.. _found.Distinct()];
}
