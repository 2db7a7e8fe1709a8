using Holdpoint.Evidence.Approvals;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Effects;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// A request as holds know it: by the digest of all that an approval is bound to. Belongs to one request; not thread-safe.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="route">Where it goes first: under an approval it goes nowhere else.</param>
/// <param name="bundle">What it is decided under.</param>
/// <param name="isNotified">Whether the operator's webhook is to be told of a hold that it opens.</param>
internal sealed class HoldRequest(Request request, Route route, ActiveBundle bundle, bool isNotified)
{
    public Request Request => request;

    public ActiveBundle Bundle => bundle;

    public bool IsNotified => isNotified;

    /// <summary>The binding of a hold of the request itself. Computed when first asked for: most requests never meet a hold.</summary>
    public HoldBinding Binding => field ??= new(
        HoldWords.Of(HoldKind.Call),
        request.Endpoint,
        route.Provider,
        route.Upstream.Name,
        request.Client.Deployment,
        request.Client.Principal,
        bundle.Digest,
        request.BodyDigest,
        request.ClaimsUtf8 is { } claims ? Hash.Of(claims.Span) : null,
        request.Evidence,
        [.. request.Forwarded.Select(header => $"{header.Name}: {header.Value}")]);

    /// <summary>The binding of a hold that keeps this back.</summary>
    /// <param name="kind">What would wait.</param>
    /// <param name="effect">The effect; only for that kind.</param>
    public HoldBinding BindingOf(HoldKind kind, Effect? effect) => Binding with
    {
        Kind = HoldWords.Of(kind),
        Effect = effect is null ? null : new(effect.Name, Hash.Of(effect.Arguments.Span)),
    };
}
