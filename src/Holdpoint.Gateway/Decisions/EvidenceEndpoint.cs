using System.Text.Json;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Evidence.Verification;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Records;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Decisions;

/// <summary><c>POST /holdpoint/evidence</c>: takes a DSSE envelope; 201 and its id once it is durable and can be named, and recorded.</summary>
internal sealed class EvidenceEndpoint(CallPath path, EvidenceIntake intake)
{
    public const string Path = "/holdpoint/evidence";

    public Task HandleAsync(HttpContext http) => path.HandleAsync(http, Path, RunAsync);

    private async Task<Refusal?> RunAsync(CallInProgress call, CancellationToken cancellationToken)
    {
        if (!call.Client.May(Rights.Call))
        {
            return Faults.CallRightMissing;
        }

        var request = call.Http.Request;
        call.Body = await RequestBody.ReadAsync(request.BodyReader, request.ContentLength, DsseEnvelope.MaxBytes, call.Active.Limits.Body, cancellationToken);
        if (call.Body is null)
        {
            return WireFaults.BodyTooLarge(DsseEnvelope.MaxBytes);
        }

        var outcome = await intake.AcceptAsync(call.Body.Bytes, cancellationToken);
        if (outcome is IntakeOutcome.Refused(var fault))
        {
            return fault.Cause == EvidenceCause.Malformed
                ? Faults.BadRequest(fault.Cause.Code, fault.Message)
                : Faults.Forbidden(fault.Cause.Code, fault.Message);
        }

        var decider = call.Active.Decider;
        var id = ((IntakeOutcome.Accepted)outcome).Id.ToString();
        var record = await decider.RecordAsync(call.Draft(RecordKind.Evidence) with
        {
            Bundle = decider.Bundle,
            Verdict = RecordedVerdict.Permit,
            Evidence = [id],
            Status = StatusCodes.Status201Created,
        });
        var body = JsonSerializer.SerializeToUtf8Bytes(new PostedEvidence(id), StatusJson.Default.PostedEvidence);
        await Reply.JsonAsync(call.Http, StatusCodes.Status201Created, body, "permit", record, decider.Bundle);
        return null;
    }
}
