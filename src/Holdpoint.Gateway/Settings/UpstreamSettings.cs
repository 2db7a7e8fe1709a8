using System.Collections.Immutable;

namespace Holdpoint.Gateway.Settings;

/// <summary>What an upstream speaks.</summary>
internal enum UpstreamKind
{
    /// <summary>Built in, no network.</summary>
    Echo,

    /// <summary>The OpenAI API, or a server that speaks it.</summary>
    OpenAi,

    /// <summary>The Anthropic API, or a server that speaks it.</summary>
    Anthropic,
}

/// <summary>One provider to forward to.</summary>
/// <param name="Name">The operator's name for it; appears in status and errors.</param>
/// <param name="Kind">What it speaks.</param>
/// <param name="Provider">Who runs it, as the agreement names providers.</param>
/// <param name="Address">Where it is; null for <see cref="UpstreamKind.Echo"/>.</param>
/// <param name="Key">Where its key is read: at start, at a reload, and when the provider refuses the one that is known; null for <see cref="UpstreamKind.Echo"/>.</param>
/// <param name="Models">Model names it serves; <c>*</c> stands for any run of characters.</param>
internal sealed record UpstreamSettings(
    string Name, UpstreamKind Kind, string Provider, UpstreamAddress? Address, SecretSource? Key, ImmutableArray<ModelPattern> Models)
{
    /// <summary>
    /// Most calls and streams under way there at once, each on a connection of its own. Default 16,384, as for the gateway as a whole:
    /// what a provider bears is known to it and to the operator only.
    /// </summary>
    public int Connections { get; init; } = 16_384;

    /// <summary>
    /// Whether the other entry is about the same server: what is known of that server holds for this entry too. Limits, models, the key and
    /// the agreement's name for the provider say nothing about the server.
    /// </summary>
    public bool IsSameServerAs(UpstreamSettings other) =>
        (Name, Kind, Address?.ToString()) == (other.Name, other.Kind, other.Address?.ToString());
}
