using System.Collections.Immutable;
using System.Text;
using Holdpoint.Evidence;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Log;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// A call to a model as it was read: what the client sent, and who the client is. Immutable; knows nothing of HTTP, so that a request can
/// be decided without a connection. The memory of body and parts belongs to whoever read them.
/// </summary>
internal sealed record Request
{
    public required Client Client { get; init; }

    /// <summary>The path of the wire format, such as <c>/v1/chat/completions</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The body, byte for byte as the client sent it.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>SHA-256 of <see cref="Body"/>, computed once.</summary>
    public required Hash BodyDigest { get; init; }

    /// <summary>The call that was read from <see cref="Body"/>.</summary>
    public required Call Call { get; init; }

    /// <summary>The value of <c>Holdpoint-Claims</c>; null without one.</summary>
    public string? Claims { get; init; }

    /// <summary>That the client and all that the request names are there still; null where nothing can take them away.</summary>
    public IReliance? Relies { get; init; }

    /// <summary>The statements that the client names, each once.</summary>
    public ImmutableArray<EvidenceId> Evidence { get; init; } = [];

    /// <summary>The headers that the wire format sends on.</summary>
    public ImmutableArray<ForwardedHeader> Forwarded { get; init; } = [];

    /// <summary><see cref="Claims"/> in UTF-8; null without claims.</summary>
    public ReadOnlyMemory<byte>? ClaimsUtf8 => Claims is null
        ? default(ReadOnlyMemory<byte>?) // a bare null would become an empty memory, by way of an array
        : Encoding.UTF8.GetBytes(Claims);

    /// <summary>Whether the provider itself runs a tool that the request offers.</summary>
    public bool HasProviderTools => Call.Tools.Any(tool => tool.RunByProvider);

    /// <summary>
    /// The fields that every record about this request shares, with whatever else is known from the start: a draft is a quarter of a
    /// kilobyte, and each <c>with</c> would copy it.
    /// </summary>
    /// <param name="kind">What is recorded.</param>
    /// <param name="model">The model as the configuration names it.</param>
    /// <param name="evidence">Ids of the statements that the request rests on.</param>
    /// <param name="about">Index of the record that decided the request; null for that record itself.</param>
    /// <param name="coverage">The checks of the content.</param>
    /// <param name="exposure">The exposure that is decided on.</param>
    /// <param name="commitments">Commitments to what came in; none by default.</param>
    public RecordDraft Draft(
        RecordKind kind, string model, ImmutableArray<string> evidence, long? about = null,
        Coverage? coverage = null, RecordedExposure? exposure = null, ImmutableArray<Commitment>? commitments = null) => new()
        {
            Kind = kind,
            Endpoint = Endpoint,
            Deployment = Client.Deployment,
            Principal = Client.Principal,
            Model = model,
            Evidence = evidence,
            About = about,
            Coverage = coverage,
            Exposure = exposure,
            Commitments = commitments ?? [],
            Relies = Relies,
        };

    /// <summary>The record that decides the request, apart from the decision; as far as the request alone says.</summary>
    /// <param name="model">The model as the configuration names it.</param>
    public RecordDraft Opening(string model) =>
        Draft(RecordKind.Call, model, evidence: [], commitments: Commitments(model, withClaims: false));

    /// <summary>Commitments to the private values that came in.</summary>
    /// <param name="model">The model as the configuration names it.</param>
    /// <param name="withClaims">Claims are committed to only once they are known to be valid JSON.</param>
    public ImmutableArray<Commitment> Commitments(string model, bool withClaims)
    {
        var body = Commitment.OfDigest("body", BodyDigest);
        var claims = withClaims && ClaimsUtf8 is { } said ? new Commitment("claims", said) : default(Commitment?);

        // A name that only matches a pattern is the client's own words, which do not belong in a public log.
        var named = Call.Model == model ? default(Commitment?) : Commitment.OfText("model", Call.Model);
        return (claims, named) switch
        {
            (null, null) => [body],
            ({ } first, null) => [body, first],
            (null, { } second) => [body, second],
            ({ } first, { } second) => [body, first, second],
        };
    }
}
