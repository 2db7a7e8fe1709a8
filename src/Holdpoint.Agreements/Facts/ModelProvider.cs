using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>Who runs models, and which of them the agreement is about.</summary>
/// <param name="Name">Unique in the agreement; an upstream of the configuration says which provider it reaches.</param>
/// <param name="Models">Model names; one that ends in <c>*</c> stands for all that begin as it does.</param>
public sealed record ModelProvider(string Name, ImmutableArray<string> Models)
{
    /// <summary>Whether the agreement is about this model.</summary>
    public bool Runs(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var pattern in Models)
        {
            if (pattern.EndsWith('*') ? model.AsSpan().StartsWith(pattern.AsSpan(..^1), StringComparison.Ordinal) : model == pattern)
            {
                return true;
            }
        }

        return false;
    }
}
