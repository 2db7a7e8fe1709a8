using System.Collections.Immutable;
using System.Text;
using Holdpoint.Agreements;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Approvals;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Holdpoint.Wire;
using Holdpoint.Log;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// What is known of one call so far. Filled stage by stage by <see cref="CallPath"/>, so that a refusal at any stage records what had been
/// established until then. Belongs to one request; not thread-safe.
/// </summary>
internal sealed class CallInProgress(HttpContext http, ActiveConfiguration active, WireFormat wire, string? endpoint, Client client) : IDisposable
{
    public HttpContext Http { get; } = http;

    /// <summary>What it is handled under, from its first stage to its last.</summary>
    public ActiveConfiguration Active { get; } = active;

    public WireFormat Wire { get; } = wire;

    public Client Client { get; } = client;

    /// <summary>Where decoded content of the call and of its answer lives.</summary>
    public ContentBuffer Buffer { get; } = new();

    public RequestBody? Body { get; set; }

    public string? ClaimsHeader { get; set; }

    public ImmutableArray<EvidenceId> Evidence { get; set; } = [];

    /// <summary>The headers that the wire format sends on.</summary>
    public ImmutableArray<ForwardedHeader> Forwarded { get; set; } = [];

    /// <summary>The hold that the call is made under; null when it names none.</summary>
    public HoldId? Hold { get; set; }

    /// <summary>Until when the client waits for people; null when it does not.</summary>
    public DateTimeOffset? WaitsUntil { get; set; }

    /// <summary>What people approved of it; null when it is made under no approved hold.</summary>
    public HoldRelease? Release { get; set; }

    /// <summary>How many bytes of a streamed answer have left: what is replayed after waiting goes on behind them.</summary>
    public long SentBytes { get; set; }

    /// <summary>What a hold of the call would be about. Only once it is read.</summary>
    public HoldBinding Binding => field ??= new(
        HoldWords.Of(HoldKind.Call),
        Wire.Endpoint,
        Client.Deployment,
        Client.Principal,
        Active.Decider.Bundle,
        Hash.Of(Body!.Bytes.Span),
        Claims is { } claims ? Hash.Of(claims.Span) : null,
        Evidence,
        [.. Forwarded.Select(header => $"{header.Name}: {header.Value}")]);

    /// <summary>The value of <c>Holdpoint-Claims</c> in UTF-8; null without one.</summary>
    public ReadOnlyMemory<byte>? Claims => ClaimsHeader is { } claims
        ? new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(claims))
        : default(ReadOnlyMemory<byte>?); // a bare null would become an empty memory, by way of an array

    /// <summary>The call as read; null before stage 2 is done.</summary>
    public Call? Call { get; set; }

    /// <summary>Where it can go, in order; empty before the model was found.</summary>
    public ImmutableArray<Route> Routes { get; set; } = [];

    /// <summary>Where it goes, or would go; null before the model was found.</summary>
    public Route? Route { get; set; }

    /// <summary>What it is decided on; null before stage 3 is done.</summary>
    public Established? Established { get; set; }

    /// <summary>Index of the record of the call's own decision; null before it is durable.</summary>
    public long? Decided { get; set; }

    /// <summary>What screens its answer, so that also an answer that was cut off is recorded with what of it was screened; null before there is one.</summary>
    public AnswerGate? Screening { get; set; }

    /// <summary>The fields that every record about this call shares.</summary>
    public RecordDraft Draft(RecordKind kind) => new()
    {
        Kind = kind,
        Endpoint = endpoint,
        Deployment = Client.Deployment,
        Principal = Client.Principal,
        Model = Route?.Model,

        // Ids that resolved. Others are 32 bytes of the client's own choosing each, which do not belong in a public log.
        Evidence = Established is null || Evidence.IsEmpty ? [] : [.. Evidence.Select(id => id.ToString())],
        About = Decided,
    };

    /// <summary>The fields of <see cref="Draft"/>, and commitments to what came in: for the one record that decides the call.</summary>
    public RecordDraft OpeningDraft() => Draft(RecordKind.Call) with
    {
        Coverage = Established?.Coverage,
        Exposure = Established is null ? null : Recorded(Established.Situation.Exposure),
        Commitments = Commitments(),
    };

    public static RecordedExposure Recorded(ExposureCounts exposure) => new(exposure.Persons, exposure.Records, exposure.Locations);

    public void Dispose()
    {
        Body?.Dispose();
        Buffer.Dispose();
    }

    private ImmutableArray<Commitment> Commitments()
    {
        var commitments = ImmutableArray.CreateBuilder<Commitment>(3);
        if (Body is { } body)
        {
            commitments.Add(Commitment.OfDigest("body", Hash.Of(body.Bytes.Span)));
        }

        // Committed to only once it is known to be valid JSON.
        if (ClaimsHeader is { } claims && Established is not null)
        {
            commitments.Add(new Commitment("claims", Encoding.UTF8.GetBytes(claims)));
        }

        // A name that only matches a pattern is the client's own words, which do not belong in a public log.
        if (Route is { } route && Call is { } call && call.Model != route.Model)
        {
            commitments.Add(Commitment.OfText("model", call.Model));
        }

        return commitments.ToImmutable();
    }
}
