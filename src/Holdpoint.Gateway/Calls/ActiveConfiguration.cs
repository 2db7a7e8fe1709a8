using System.Collections.Frozen;
using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Effects;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Screening;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Storage;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Upstream.Resilience;
using Holdpoint.Signals;
using Holdpoint.Wire;
using Holdpoint.Wire.Anthropic;
using Holdpoint.Wire.OpenAi;
using Holdpoint.Wire.OpenAi.Completions;
using Holdpoint.Wire.OpenAi.Responses;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// One configuration with its agreement, and all that is made from the two. A call takes the one that is active when its body is there and
/// keeps it to its end, so that no call is read under one agreement and decided under another. Immutable apart from the evidence that is
/// posted to it; thread-safe.
/// </summary>
internal sealed class ActiveConfiguration : IDisposable
{
    private readonly FrozenDictionary<string, WireFormat> _formats;
    private readonly TimeProvider _time;

    private ActiveConfiguration(
        GatewaySettings settings,
        Agreement agreement,
        EvidenceCatalog evidence,
        Detectors detectors,
        TimeProvider time,
        ActiveConfiguration? previous,
        Action<string, CircuitState>? onCircuit)
    {
        var wireLimits = WireLimits.Default with { MaxBodyBytes = settings.Limits.BodyBytes, MaxAnswerBytes = settings.Limits.AnswerBytes };
        _time = time;
        Settings = settings;
        Bundle = new(agreement, evidence, new(settings.Clients));
        Formats =
        [
            new OpenAiChat(settings.ExtraFields, wireLimits),
            new OpenAiResponses(settings.ExtraFields, wireLimits),
            new OpenAiCompletions(settings.ExtraFields, wireLimits),
            new OpenAiEmbeddings(settings.ExtraFields, wireLimits),
            new AnthropicMessages(settings.ExtraFields, settings.ExtraBetas, wireLimits),
            new AnthropicCountTokens(settings.ExtraFields, settings.ExtraBetas, wireLimits),
        ];
        _formats = Formats.ToFrozenDictionary(format => format.Endpoint, StringComparer.Ordinal);
        Detectors = detectors;
        Establishing = new Establishing(Bundle, detectors, time);
        Deciding = new Deciding(Bundle);
        Effects = new EffectDeciding(Bundle, Deciding);
        Upstreams = UpstreamFactory.Create(settings, wireLimits, time, previous?.Upstreams, onCircuit);
        AnswerDetectors = new(agreement.Phrases, Upstreams);
        Routes = new Routes(Upstreams, settings.Upstreams);
        Models = new ModelList(Upstreams, time);
    }

    public GatewaySettings Settings { get; }

    public Limits Limits => Settings.Limits;

    /// <summary>The bundle that decides, with evidence and clients.</summary>
    public ActiveBundle Bundle { get; }

    /// <summary>Every API that is spoken, each at its endpoint. The first one's errors are also those of the control plane.</summary>
    public ImmutableArray<WireFormat> Formats { get; }

    public Detectors Detectors { get; }

    /// <summary>The same for answers, which are searched for the providers' keys too.</summary>
    public AnswerDetectors AnswerDetectors { get; }

    public Establishing Establishing { get; }

    public Deciding Deciding { get; }

    public EffectDeciding Effects { get; }

    public UpstreamRegistry Upstreams { get; }

    public Routes Routes { get; }

    public ModelList Models { get; }

    /// <param name="settings">The configuration.</param>
    /// <param name="agreement">Its agreement.</param>
    /// <param name="store">Where the evidence is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the loading of evidence.</param>
    /// <param name="previous">The one that this is to replace; null at start.</param>
    /// <param name="onCircuit">Called when an upstream's circuit opens, half-opens or closes.</param>
    /// <exception cref="GatewayStartException">The two do not fit together, or something that they name is missing.</exception>
    /// <exception cref="StoreUnavailableException">The evidence cannot be read.</exception>
    public static async Task<ActiveConfiguration> CreateAsync(
        GatewaySettings settings,
        Agreement agreement,
        Store store,
        TimeProvider time,
        CancellationToken cancellationToken,
        ActiveConfiguration? previous = null,
        Action<string, CircuitState>? onCircuit = null)
    {
        RequireKnownDeployments(settings, agreement);
        var detectors = CreateDetectors(agreement);
        var evidence = await EvidenceCatalog.LoadAsync(store, agreement.Issuers, new EvidenceLimits(), time.GetUtcNow(), cancellationToken);
        return new(settings, agreement, evidence, detectors, time, previous, onCircuit);
    }

    /// <summary>
    /// The format in whose shape a client is told of errors: the one that is spoken at the endpoint; at a path that does not exist, that of
    /// the header that only Anthropic's clients send; elsewhere the first.
    /// </summary>
    public WireFormat FormatFor(Surface surface, IHeaderDictionary headers) =>
        surface.Endpoint is { } endpoint ? _formats.GetValueOrDefault(endpoint, Formats[0])
        : surface.FollowsClient && headers.ContainsKey(AnthropicHeaders.Version)
            ? Formats.First(format => format.Family == ApiFamily.Anthropic)
        : Formats[0];

    /// <summary>
    /// Whether what a request relied on under another configuration is in this one: its key is still the same client with the same rights
    /// (and so of a registered deployment, which was not suspended meanwhile), its statements hold, and the approvals that it was made
    /// under count.
    /// </summary>
    /// <param name="before">The other configuration.</param>
    /// <param name="client">The client as the other configuration has it.</param>
    /// <param name="evidence">The statements that the request names.</param>
    /// <param name="release">What it is made under; null for no approved hold.</param>
    public bool Upholds(ActiveConfiguration before, Client client, ImmutableArray<EvidenceId> evidence, HoldRelease? release)
    {
        var now = _time.GetUtcNow();
        if (Bundle.Clients.Find(client.KeyDigest) is not { } known
            || !client.IsStill(known)
            || (IsSuspended(client.Deployment) && !before.IsSuspended(client.Deployment)))
        {
            return false;
        }

        var use = new EvidenceUse(Bundle.Agreement.Name, client.Deployment, client.Principal);
        var held = Bundle.Evidence.Current;
        return evidence.All(id => held.Resolve(id, use, now) is EvidenceOutcome.Valid) && release?.StillHolds(Bundle, now) != false;
    }

    public void Dispose()
    {
        Models.Dispose();
        Upstreams.Dispose();
    }

    private bool IsSuspended(string deployment) => Bundle.Agreement.Deployments.Any(one => one.Name == deployment && one.Suspended);

    private static Detectors CreateDetectors(Agreement agreement)
    {
        try
        {
            return Detectors.Create(agreement.Phrases);
        }
        catch (Exception e) when (e is ArgumentException or PlatformNotSupportedException)
        {
            throw new GatewayStartException(e.Message, e);
        }
    }

    /// <exception cref="GatewayStartException">A client names a deployment that the agreement does not register.</exception>
    public static void RequireKnownDeployments(GatewaySettings settings, Agreement agreement)
    {
        var registered = agreement.Deployments.Select(deployment => deployment.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = settings.Clients.Select(client => client.Deployment).Where(name => !registered.Contains(name)).Distinct().ToList();
        if (unknown.Count > 0)
        {
            throw new GatewayStartException(
                $"clients name deployments that the agreement does not register: {string.Join(", ", unknown)}; "
                + $"it registers {string.Join(", ", registered.Order(StringComparer.Ordinal))}");
        }
    }
}
