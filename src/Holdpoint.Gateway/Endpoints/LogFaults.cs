using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Endpoints;

/// <summary>The faults for which the log shows nothing. Its clients get the cause alone, as a line of plain text.</summary>
internal static class LogFaults
{
    public static Fault NotFound { get; } =
        new(StatusCodes.Status404NotFound, "not_found", "", "The log has nothing of that name.");

    public static Fault NoCheckpointYet { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "no_checkpoint_yet", "", "No checkpoint covers the record yet; try again.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };
}
