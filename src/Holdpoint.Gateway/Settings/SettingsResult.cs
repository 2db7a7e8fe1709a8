using System.Collections.Immutable;

namespace Holdpoint.Gateway.Settings;

/// <summary>Either checked settings or every problem that was found.</summary>
public sealed record SettingsResult
{
    internal SettingsResult(GatewaySettings settings) => Settings = settings;

    internal SettingsResult(ImmutableArray<SettingsProblem> problems) => Problems = problems;

    /// <summary>The settings; null where there are problems.</summary>
    public GatewaySettings? Settings { get; }

    /// <summary>All problems; empty where <see cref="Settings"/> is not null.</summary>
    public ImmutableArray<SettingsProblem> Problems { get; } = [];
}
