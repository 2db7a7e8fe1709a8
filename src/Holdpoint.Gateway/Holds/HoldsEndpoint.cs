using System.Text.Json;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Identity;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// What reviewers see and do, with the right <c>review</c> (docs/reference/holds.md). A list shows no content and is not recorded; that
/// somebody was shown a hold's content is.
/// </summary>
internal sealed class HoldsEndpoint(CallPath path, HoldBook book, TimeProvider time)
{
    private const string List = "/holdpoint/holds";
    private const string One = List + "/{id}";
    private const string Approvals = One + "/approvals";

    /// <summary>Most holds of one list; the newest.</summary>
    private const int MaxListed = 1_000;

    /// <summary>Most holds that are looked through for them: as many as may be open, so that others' holds hide none.</summary>
    private const int MaxLookedThrough = 10_000;

    /// <summary>Largest approval posted: an envelope with a note of 256 characters is a tenth of it.</summary>
    private const int MaxApprovalBytes = 16 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(List, http => path.HandleAsync(http, List, ListAsync));
        routes.MapGet(One, http => path.HandleAsync(http, One, ShowAsync));
        routes.MapPost(Approvals, http => path.HandleAsync(http, Approvals, ApproveAsync));
    }

    private async Task<Refusal?> ListAsync(CallInProgress reviewing, CancellationToken cancellationToken)
    {
        if (!reviewing.Client.May(Rights.Review))
        {
            return HoldCauses.ReviewRightMissing;
        }

        var now = time.GetUtcNow();
        List<HoldSummary> holds = [];
        var newest = await book.NewestAsync(reviewing.Http.Request.Query["state"] == "all", MaxLookedThrough, cancellationToken);
        foreach (var hold in newest.Where(hold => ApprovalRules.MayReview(hold, reviewing)).Take(MaxListed))
        {
            holds.Add(HoldSummary.Of(await book.StandingAsync(hold, reviewing.Active, cancellationToken), reviewing.Active, now));
        }

        reviewing.Http.Response.Headers.CacheControl = "no-store";
        await Reply.JsonAsync(
            reviewing.Http, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(new HoldList(holds), HoldJson.Default.HoldList));
        return null;
    }

    private async Task<Refusal?> ShowAsync(CallInProgress reviewing, CancellationToken cancellationToken)
    {
        var (hold, fault) = await FindAsync(reviewing, cancellationToken);
        if (hold is null)
        {
            return fault!;
        }

        var standing = await book.StandingAsync(hold, reviewing.Active, cancellationToken);
        var content = await book.ContentAsync(hold.Id, cancellationToken);
        var detail = HoldDetail.Of(standing, content, reviewing.Active, time.GetUtcNow());
        var record = await book.SeenAsync(reviewing, hold);
        reviewing.Http.Response.Headers.CacheControl = "no-store";
        await Reply.JsonAsync(
            reviewing.Http, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(detail, HoldJson.Default.HoldDetail),
            "permit", record, reviewing.Active.Decider.Bundle);
        return null;
    }

    private async Task<Refusal?> ApproveAsync(CallInProgress reviewing, CancellationToken cancellationToken)
    {
        var (hold, fault) = await FindAsync(reviewing, cancellationToken);
        if (hold is null)
        {
            return fault!;
        }

        var request = reviewing.Http.Request;
        reviewing.Body = await RequestBody.ReadAsync(
            request.BodyReader, request.ContentLength, MaxApprovalBytes, reviewing.Active.Limits.Body, cancellationToken);
        if (reviewing.Body is null)
        {
            return WireFaults.BodyTooLarge(MaxApprovalBytes);
        }

        var (standing, record, notTaken) = await book.TakeAsync(reviewing, hold.Id, reviewing.Body.Bytes, cancellationToken);
        if (standing is null)
        {
            return notTaken!;
        }

        var posted = new PostedApproval(
            hold.Id.ToString(), HoldSummary.StateOf(standing, time.GetUtcNow()),
            [.. standing.Hold.Needs.Select(seat => seat.ToString())], [.. standing.Filled.Select(seat => seat.ToString())]);
        await Reply.JsonAsync(
            reviewing.Http, StatusCodes.Status201Created, JsonSerializer.SerializeToUtf8Bytes(posted, HoldJson.Default.PostedApproval),
            "permit", record, reviewing.Active.Decider.Bundle);
        return null;
    }

    private async ValueTask<(Hold? Hold, Fault? Fault)> FindAsync(CallInProgress reviewing, CancellationToken cancellationToken)
    {
        if (!reviewing.Client.May(Rights.Review))
        {
            return (null, HoldCauses.ReviewRightMissing);
        }

        var hold = HoldId.TryParse(reviewing.Http.GetRouteValue("id") as string, out var id) ? await book.FindAsync(id, cancellationToken) : null;
        return hold is null || !ApprovalRules.MayReview(hold, reviewing) ? (null, HoldCauses.NoSuchHold) : (hold, null);
    }
}
