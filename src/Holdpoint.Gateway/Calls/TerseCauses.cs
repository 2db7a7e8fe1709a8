using System.Collections.Frozen;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Identity;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// What a refusal tells under <c>refusals: terse</c>: that it is one, and its record's number. Who tries text after text until one passes
/// learns of none which clause or detector was in the way. The record says all of it.
/// </summary>
internal static class TerseCauses
{
    /// <summary>The one cause of all refusals.</summary>
    public const string Refused = "refused";

    /// <summary>
    /// Causes of a 403 that say nothing of a layer: what became of the caller's own hold, and what its key may not do.
    /// </summary>
    private static readonly FrozenSet<string> Told = new[]
    {
        HoldFaults.NeedsApproval, HoldFaults.Unknown.Cause, HoldFaults.Mismatch.Cause, HoldFaults.Refused.Cause, HoldFaults.Expired.Cause,
        HoldFaults.Used.Cause, HoldFaults.Releasing.Cause, HoldFaults.Lost.Cause, RightsFaults.Call.Cause,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The error as its caller is told it.</summary>
    /// <param name="error">With all that is known.</param>
    /// <param name="surface">
    /// Where it was asked for. The control plane stays as it is: who posts a statement or an approval has to learn what is wrong with it.
    /// </param>
    public static WireError Of(WireError error, Surface surface)
    {
        if (error.Status != StatusCodes.Status403Forbidden || error.Detail is not { } detail || !surface.IsOfCalls)
        {
            return error;
        }

        var bare = detail with { Clauses = [] };
        return detail.Hold is { } hold ? error with { Message = HeldMessage(hold), Detail = bare }
            : Told.Contains(error.Cause) ? error with { Detail = bare }
            : error with { Cause = Refused, Message = $"Refused; record {detail.Record} says why.", Detail = bare };
    }

    private static string HeldMessage(ErrorHold hold) =>
        $"Held until people have approved it ({string.Join(", ", hold.Needs)}). "
        + $"Once they have, send the same request again with the header {HoldpointHeaders.Hold}: {hold.Id}";
}
