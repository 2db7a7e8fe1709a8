using System.Collections.Immutable;
using Holdpoint.Gateway.Settings;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// A provider of models, as one configuration describes it: permitted calls go there. Thread-safe. Disposing it lets calls under way end.
/// </summary>
/// <param name="name">The name in the configuration.</param>
/// <param name="models">The models that it serves.</param>
internal abstract class ModelUpstream(string name, ImmutableArray<ModelPattern> models) : IDisposable
{
    public string Name => name;

    public ImmutableArray<ModelPattern> Models => models;

    /// <summary>The pattern by which it serves the model; null when it does not.</summary>
    public ModelPattern? PatternOf(string model)
    {
        foreach (var pattern in models)
        {
            if (pattern.Matches(model))
            {
                return pattern;
            }
        }

        return null;
    }

    /// <summary>Whether it understands calls of that family's formats; no other call may be sent to it.</summary>
    public abstract bool Speaks(ApiFamily family);

    /// <summary>Sends a call on and returns when the head of the answer is there.</summary>
    /// <exception cref="OperationCanceledException">
    /// Only when <paramref name="cancellationToken"/> asked for it: the client left.
    /// </exception>
    public abstract ValueTask<ForwardOutcome> SendAsync(UpstreamCall call, CancellationToken cancellationToken);

    /// <summary>
    /// The models that the provider itself lists, to find those that a pattern means. Empty when it cannot say: a list of models is not a
    /// decision, so a provider that is down only shortens it.
    /// </summary>
    public virtual ValueTask<ImmutableArray<string>> ListModelsAsync(CancellationToken cancellationToken) => new([]);

    /// <summary>The provider's key as it is now, the same object as long as it does not change; null for an upstream without one.</summary>
    public virtual string? Key => null;

    /// <summary>Reads the provider's key again where the configuration says it is.</summary>
    /// <returns>Whether it is another one now.</returns>
    public virtual bool ReadKeyAgain() => false;

    public abstract void Dispose();
}
