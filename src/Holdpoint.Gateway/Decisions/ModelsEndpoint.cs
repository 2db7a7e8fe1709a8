using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Records;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Decisions;

/// <summary><c>GET /v1/models</c>: carries no content and reaches no model, so there is nothing to decide; it is recorded like any answer.</summary>
internal sealed class ModelsEndpoint(CallPath path)
{
    public const string Path = "/v1/models";

    public Task HandleAsync(HttpContext http) => path.HandleAsync(http, Path, RunAsync);

    private static async Task<Refusal?> RunAsync(CallInProgress call, CancellationToken cancellationToken)
    {
        if (!call.Client.May(Rights.Call))
        {
            return Faults.CallRightMissing;
        }

        var decider = call.Active.Decider;
        var list = await call.Active.Models.ReadAsync(cancellationToken);
        var record = await decider.RecordAsync(
            call.Draft(RecordKind.Call) with { Bundle = decider.Bundle, Verdict = RecordedVerdict.Permit, Status = StatusCodes.Status200OK });
        await Reply.JsonAsync(call.Http, StatusCodes.Status200OK, list, "permit", record, decider.Bundle);
        return null;
    }
}
