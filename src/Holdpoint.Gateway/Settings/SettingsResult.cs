using System.Collections.Immutable;

namespace Holdpoint.Gateway.Settings;

/// <summary>Either checked settings or every problem that was found.</summary>
public sealed record SettingsResult
{
    internal SettingsResult(GatewaySettings settings) => Settings = settings;

    internal SettingsResult(ImmutableArray<SettingsProblem> problems) => Problems = problems;

    /// <summary>The settings; null where there are problems.</summary>
    public GatewaySettings? Settings { get; }

    /// <summary>What is wrong, all at once; empty where <see cref="Settings"/> is there.</summary>
    public ImmutableArray<SettingsProblem> Problems { get; } = [];
}
