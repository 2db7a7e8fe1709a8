using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>A provider that runs models, and the models that the agreement is about.</summary>
/// <param name="Name">The name, unique in the agreement; an upstream of the configuration says which provider it reaches.</param>
/// <param name="Models">Model names; a name that ends in <c>*</c> covers all names with that beginning.</param>
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
