using System.Collections.Immutable;
using Holdpoint.Evidence;
using Holdpoint.Gateway.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Decisions;

/// <summary>The request and response headers of our own (design §8).</summary>
internal static class HoldpointHeaders
{
    public const string Prefix = "Holdpoint-";
    public const string Claims = "Holdpoint-Claims";
    public const string Evidence = "Holdpoint-Evidence";
    public const string Verdict = "Holdpoint-Verdict";
    public const string Record = "Holdpoint-Record";
    public const string Bundle = "Holdpoint-Bundle";

    /// <summary>What the request's headers say, or the fault in them. A header of our prefix that is not known here is a fault: it may have been meant to restrict.</summary>
    public static (string? Claims, ImmutableArray<EvidenceId> Evidence, WireFault? Fault) Read(IHeaderDictionary headers, int maxEvidence)
    {
        string? claims = null;
        ImmutableArray<EvidenceId> evidence = [];
        foreach (var (name, values) in headers)
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (values.Count != 1)
            {
                return (null, [], Faults.BadRequest(Causes.UnsupportedHeader, $"The header {Known(name)} stands more than once."));
            }

            if (name.Equals(Claims, StringComparison.OrdinalIgnoreCase))
            {
                claims = values[0];
            }
            else if (name.Equals(Evidence, StringComparison.OrdinalIgnoreCase))
            {
                if (EvidenceIds(values[0] ?? "", maxEvidence) is not { } ids)
                {
                    return (null, [], Faults.BadRequest(
                        Causes.InvalidEvidenceHeader, $"{Evidence} must be a comma-separated list of at most {maxEvidence} ids of the form sha256:<64 lower-case hex digits>."));
                }

                evidence = ids;
            }
            else
            {
                return (null, [], Faults.BadRequest(Causes.UnsupportedHeader, $"The header {Known(name)} is not supported by this version."));
            }
        }

        return (claims, evidence, null);
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
        new[] { Claims, Evidence, "Holdpoint-Hold", "Holdpoint-Wait", Verdict, Record, Bundle }
            .FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? "with the prefix Holdpoint-";
}
