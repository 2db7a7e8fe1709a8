using System.Collections.Immutable;
using System.Globalization;
using Holdpoint.Evidence;
using Holdpoint.Gateway.Holds;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Decisions;

/// <summary>The request and response headers of our own (design §8).</summary>
internal static class HoldpointHeaders
{
    public const string Prefix = "Holdpoint-";
    public const string Claims = "Holdpoint-Claims";
    public const string Evidence = "Holdpoint-Evidence";
    public const string Hold = "Holdpoint-Hold";
    public const string Wait = "Holdpoint-Wait";
    public const string Verdict = "Holdpoint-Verdict";
    public const string Record = "Holdpoint-Record";
    public const string Bundle = "Holdpoint-Bundle";

    /// <summary>What the request's headers say, or the fault in them. A header of our prefix that is not known here is a fault: it may have been meant to restrict.</summary>
    public static ReadHeaders Read(IHeaderDictionary headers, int maxEvidence)
    {
        string? claims = null;
        ImmutableArray<EvidenceId> evidence = [];
        HoldId? hold = null;
        TimeSpan? wait = null;
        foreach (var (name, values) in headers)
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (values.Count != 1)
            {
                return new(Faults.BadRequest(WireCause.UnsupportedHeader, $"The header {Known(name)} stands more than once."));
            }

            if (name.Equals(Claims, StringComparison.OrdinalIgnoreCase))
            {
                claims = values[0];
            }
            else if (name.Equals(Evidence, StringComparison.OrdinalIgnoreCase))
            {
                if (EvidenceIds(values[0] ?? "", maxEvidence) is not { } ids)
                {
                    return new(Faults.BadRequest(
                        Causes.InvalidEvidenceHeader, $"{Evidence} must be a comma-separated list of at most {maxEvidence} ids of the form sha256:<64 lower-case hex digits>."));
                }

                evidence = ids;
            }
            else if (name.Equals(Hold, StringComparison.OrdinalIgnoreCase))
            {
                if (!HoldId.TryParse(values[0], out var id))
                {
                    return new(Faults.BadRequest(HoldCauses.InvalidHeader, $"{Hold} must be the id of a hold, as the answer that held the call gave it."));
                }

                hold = id;
            }
            else if (name.Equals(Wait, StringComparison.OrdinalIgnoreCase))
            {
                if (!int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > HoldLimits.LongestWait.TotalSeconds)
                {
                    return new(Faults.BadRequest(
                        HoldCauses.InvalidHeader, $"{Wait} must be a whole number of seconds from 0 to {HoldLimits.LongestWait.TotalSeconds:F0}."));
                }

                wait = seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
            }
            else
            {
                return new(Faults.BadRequest(WireCause.UnsupportedHeader, $"The header {Known(name)} is not supported by this version."));
            }
        }

        return new(null) { Claims = claims, Evidence = evidence, Hold = hold, Wait = wait };
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

    // A name from the wire is echoed only where it is one of the design's own.
    private static string Known(string name) =>
        new[] { Claims, Evidence, Hold, Wait, Verdict, Record, Bundle }
            .FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? "with the prefix Holdpoint-";
}

/// <summary>What the request headers of our own say.</summary>
/// <param name="Fault">What is wrong with them; then nothing else is here.</param>
internal sealed record ReadHeaders(Fault? Fault)
{
    /// <summary>The value of <c>Holdpoint-Claims</c>.</summary>
    public string? Claims { get; init; }

    /// <summary>The statements that the call names, each once.</summary>
    public ImmutableArray<EvidenceId> Evidence { get; init; } = [];

    /// <summary>The hold that the call is made under.</summary>
    public HoldId? Hold { get; init; }

    /// <summary>How long to wait for people; null for not at all.</summary>
    public TimeSpan? Wait { get; init; }
}
