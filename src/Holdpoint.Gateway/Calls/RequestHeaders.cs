using System.Collections.Immutable;
using System.Globalization;
using Holdpoint.Evidence;
using Holdpoint.Gateway.Holds;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Calls;

/// <summary>The values of a request's Holdpoint headers. Immutable.</summary>
internal sealed record RequestHeaders
{
    private static readonly RequestHeaders None = new();

    /// <summary>The value of <c>Holdpoint-Claims</c>; null without one.</summary>
    public string? Claims { get; private init; }

    /// <summary>The statements that the call names, each once.</summary>
    public ImmutableArray<EvidenceId> Evidence { get; private init; } = [];

    /// <summary>The hold that the call is made under; null when it names none.</summary>
    public HoldId? Hold { get; private init; }

    /// <summary>The time that the client waits for people; null when it does not wait.</summary>
    public TimeSpan? Wait { get; private init; }

    /// <summary>Reads the headers. A Holdpoint header that is not known here is a fault: it may have been meant to restrict.</summary>
    /// <param name="headers">All headers of the request.</param>
    /// <param name="maxEvidence">Most statements that one call may name.</param>
    /// <param name="fault">What is wrong with them, a 400; null when nothing is.</param>
    public static RequestHeaders Read(IHeaderDictionary headers, int maxEvidence, out Fault? fault)
    {
        var read = None;
        fault = null;
        foreach (var (name, values) in headers)
        {
            if (!name.StartsWith(HoldpointHeaders.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            fault = values.Count == 1 ? read.Take(name, values[0] ?? "", maxEvidence, out read) : CallFaults.RepeatedHeader(name);
            if (fault is not null)
            {
                break;
            }
        }

        return read;
    }

    private Fault? Take(string name, string value, int maxEvidence, out RequestHeaders read)
    {
        read = this;
        if (name.Equals(HoldpointHeaders.Claims, StringComparison.OrdinalIgnoreCase))
        {
            read = this with { Claims = value };
            return null;
        }

        if (name.Equals(HoldpointHeaders.Evidence, StringComparison.OrdinalIgnoreCase))
        {
            if (EvidenceIds(value, maxEvidence) is not { } ids)
            {
                return CallFaults.InvalidEvidenceHeader(maxEvidence);
            }

            read = this with { Evidence = ids };
            return null;
        }

        if (name.Equals(HoldpointHeaders.Hold, StringComparison.OrdinalIgnoreCase))
        {
            if (!HoldId.TryParse(value, out var id))
            {
                return HoldFaults.InvalidHoldHeader;
            }

            read = this with { Hold = id };
            return null;
        }

        if (name.Equals(HoldpointHeaders.Wait, StringComparison.OrdinalIgnoreCase))
        {
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                || seconds > HoldLimits.LongestWait.TotalSeconds)
            {
                return HoldFaults.InvalidWaitHeader;
            }

            read = this with { Wait = seconds > 0 ? TimeSpan.FromSeconds(seconds) : null };
            return null;
        }

        return CallFaults.UnsupportedHeader(name);
    }

    private static ImmutableArray<EvidenceId>? EvidenceIds(string value, int most)
    {
        var ids = ImmutableArray.CreateBuilder<EvidenceId>();
        foreach (var text in value.Split(','))
        {
            if (!EvidenceId.TryParse(text.Trim(), out var id) || ids.Count == most)
            {
                return null;
            }

            if (!ids.Contains(id))
            {
                ids.Add(id);
            }
        }

        return ids.ToImmutable();
    }
}
