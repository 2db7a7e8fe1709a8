using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>Collections of names in ordinal order, so that nothing that is made of them depends on a culture or a hash.</summary>
internal static class Names
{
    public static ImmutableSortedSet<string> None { get; } = ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, string> NoAnnotations { get; } =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
}
