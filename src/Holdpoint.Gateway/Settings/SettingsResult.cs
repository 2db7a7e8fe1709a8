using System.Collections.Immutable;

namespace Holdpoint.Gateway.Settings;

/// <summary>Either checked settings or every problem that was found.</summary>
public sealed record SettingsResult
{
    internal SettingsResult(GatewaySettings settings) => Settings = settings;

    internal SettingsResult(ImmutableArray<string> problems) => Problems = problems;

    /// <summary>The settings; null where there are problems.</summary>
    public GatewaySettings? Settings { get; }

    /// <summary>One line each, naming the key and what it must be; empty where <see cref="Settings"/> is there.</summary>
    public ImmutableArray<string> Problems { get; } = [];
}
