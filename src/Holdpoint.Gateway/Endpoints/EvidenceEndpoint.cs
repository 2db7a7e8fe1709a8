using System.Text.Json;
using System.Text.Json.Serialization;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Gateway.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Holdpoint.Gateway.Endpoints;

/// <summary>
/// <c>POST /holdpoint/evidence</c>: takes a DSSE envelope; 201 and its id once it is durable and can be named, and recorded.
/// </summary>
internal sealed class EvidenceEndpoint(Boundary boundary, EvidenceIntake intake)
{
    private const string Path = "/holdpoint/evidence";

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, http => boundary.HandleAsync(http, Surface.Of(Path), PostAsync));

    private async ValueTask<Ending> PostAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (!exchange.Client.May(Rights.Call))
        {
            return RightsFaults.Call;
        }

        var (body, bodyFault) = await exchange.ReadBodyAsync(DsseEnvelope.MaxBytes, cancellationToken, ContentBudget.ControlBytes);
        using (body)
        {
            if (body is null)
            {
                return bodyFault!;
            }

            // Its turn can be long in coming too: the record names the bundle, and the client, that it is taken under.
            var outcome = await intake.AcceptAsync(
                body.Bytes,
                () =>
                {
                    _ = exchange.TakeCurrent();
                    return exchange.Draft(RecordKind.Evidence) with
                    {
                        Bundle = exchange.Active.Bundle.Digest,
                        Verdict = RecordedVerdict.Permit,
                        Status = StatusCodes.Status201Created,
                    };
                },
                cancellationToken);
            if (outcome is IntakeOutcome.Refused(var fault))
            {
                return DecisionFaults.OfPosted(fault);
            }

            var accepted = (IntakeOutcome.Accepted)outcome;
            var id = accepted.Id.ToString();
            var posted = JsonSerializer.SerializeToUtf8Bytes(new PostedEvidence(id), EvidenceJson.Default.PostedEvidence);
            return new Ending.Replied(StatusCodes.Status201Created, posted, accepted.Record);
        }
    }
}

/// <summary>The answer to posted evidence.</summary>
internal sealed record PostedEvidence(string Id);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PostedEvidence))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
