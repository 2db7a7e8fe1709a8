using Holdpoint.Gateway.Calls;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Endpoints;

/// <summary>Why something of the log is not shown. Its clients get the cause alone, as a line of plain text.</summary>
internal static class LogFaults
{
    public static Fault NotFound { get; } =
        new(StatusCodes.Status404NotFound, "not_found", "", "The log has nothing of that name.");

    public static Fault AuditRightMissing { get; } = CallFaults.RightMissing("to read this part of the log");

    public static Fault NoCheckpointYet { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "no_checkpoint_yet", "", "No checkpoint covers the record yet; try again.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };
}
