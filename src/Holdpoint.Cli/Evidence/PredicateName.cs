using Holdpoint.Evidence.Predicates;

namespace Holdpoint.Cli.Evidence;

/// <summary>A predicate on a command line: <c>authority/v1</c>, <c>authority</c>, or its URI.</summary>
internal static class PredicateName
{
    /// <exception cref="CommandFailureException">There is no such predicate.</exception>
    public static PredicateType Parse(string text) =>
        PredicateType.FromName(text) ?? PredicateType.FromName(text + "/v1") ?? PredicateType.FromUri(text)
        ?? throw CommandFailureException.Usage(
            $"there is no predicate '{text}'; known are {string.Join(", ", PredicateType.All.Select(p => p.Name))}");
}
