using System.Collections.Immutable;

namespace Holdpoint.Gateway.Settings;

/// <summary>The wire format of an upstream.</summary>
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
/// <param name="Key">
/// Where its key is read: at start, at a reload, and when the provider refuses the one that is known; null for <see
/// cref="UpstreamKind.Echo"/>.
/// </param>
/// <param name="Models">Model names it serves; <c>*</c> stands for any run of characters.</param>
internal sealed record UpstreamSettings(
    string Name, UpstreamKind Kind, string Provider, UpstreamAddress? Address, SecretSource? Key, ImmutableArray<ModelPattern> Models)
{
    private static readonly Dictionary<string, UpstreamKind> Kinds = new(StringComparer.Ordinal)
    {
        ["openai"] = UpstreamKind.OpenAi, ["anthropic"] = UpstreamKind.Anthropic, ["echo"] = UpstreamKind.Echo,
    };

    /// <summary>Most calls and streams under way there at once, each on a connection of its own.</summary>
    public int Connections { get; init; } = UpstreamKeys.Connections.Default;

    /// <summary>Reads one of the <c>upstreams</c>.</summary>
    /// <returns>Null, with problems, where something is wrong.</returns>
    public static UpstreamSettings? Read(SettingsSection section)
    {
        var before = section.ProblemCount;
        var name = section.Required(UpstreamKeys.Name);
        var word = section.OneOf(UpstreamKeys.Kind, Kinds.Keys);
        UpstreamKind? kind = word is null ? null : Kinds[word];
        var (address, key) = kind == UpstreamKind.Echo ? WithoutNetwork(section) : ReadNetwork(section);
        var models = section.Texts(UpstreamKeys.Models).Select(model => new ModelPattern(model.Text)).ToImmutableArray();
        if (models.IsEmpty)
        {
            section.Report(
                SettingsCode.MissingKey,
                UpstreamKeys.Models.Name,
                "at least one name or pattern is needed",
                "write some, such as [\"gpt-*\"]");
        }

        var provider = section.Text(UpstreamKeys.Provider) ?? word ?? "";
        var connections = section.Whole(UpstreamKeys.Connections);
        section.Close();
        return section.ProblemCount == before ? new(name, kind!.Value, provider, address, key, models) { Connections = connections } : null;
    }

    /// <summary>
    /// Whether the other entry is about the same server: what is known of that server holds for this entry too. Limits, models, the key and
    /// the agreement's name for the provider say nothing about the server.
    /// </summary>
    public bool IsSameServerAs(UpstreamSettings other) =>
        (Name, Kind, Address?.ToString()) == (other.Name, other.Kind, other.Address?.ToString());

    private static (UpstreamAddress? Address, SecretSource? Key) WithoutNetwork(SettingsSection section)
    {
        foreach (var key in new[] { UpstreamKeys.Url, UpstreamKeys.KeyEnv, UpstreamKeys.KeyFile }.Where(section.Has))
        {
            section.Report(
                SettingsCode.KeysDoNotFit, key.Name, "the kind echo is built in and needs neither address nor key", "remove the key");
        }

        return (null, null);
    }

    private static (UpstreamAddress? Address, SecretSource? Key) ReadNetwork(SettingsSection section)
    {
        var url = section.Required(UpstreamKeys.Url);
        var address = UpstreamAddress.Parse(url, out var problem);
        if (address is null && url.Length > 0)
        {
            section.Report(SettingsCode.BadValue, UpstreamKeys.Url.Name, problem, "write one such as https://api.openai.com");
        }

        return (address, section.Secret(UpstreamKeys.KeyEnv, UpstreamKeys.KeyFile));
    }
}
