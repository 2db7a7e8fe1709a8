using System.Text.Json;
using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Calls;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Identity;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Holdpoint.Gateway.Endpoints;

/// <summary>
/// The reviewers' endpoints, for keys with the right <c>review</c> (docs/reference/holds.md). A list shows no content and is not recorded;
/// that somebody was shown a hold's content is.
/// </summary>
internal sealed class HoldsEndpoint(Boundary boundary, HoldBook book, TimeProvider time)
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
        routes.MapGet(List, http => boundary.HandleAsync(http, Surface.Of(List), ListAsync));
        routes.MapGet(One, http => boundary.HandleAsync(http, Surface.Of(One), ShowAsync));
        routes.MapPost(Approvals, http => boundary.HandleAsync(http, Surface.Of(Approvals), ApproveAsync));
    }

    private async ValueTask<Ending> ListAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (!exchange.Client.May(Rights.Review))
        {
            return RightsFaults.Review;
        }

        var (now, reviewer) = (time.GetUtcNow(), ReviewerOf(exchange));
        List<HoldSummary> holds = [];
        var newest = await book.NewestAsync(exchange.Http.Request.Query["state"] == "all", MaxLookedThrough, cancellationToken);
        foreach (var hold in newest.Where(hold => ApprovalRules.MayReview(hold, reviewer)).Take(MaxListed))
        {
            holds.Add(HoldSummary.Of(await book.StandingAsync(hold, reviewer.Bundle, cancellationToken), reviewer.Bundle, now));
        }

        var list = JsonSerializer.SerializeToUtf8Bytes(new HoldList(holds), HoldJson.Default.HoldList);
        return new Ending.Replied(StatusCodes.Status200OK, list, Record: null) { IsPrivate = true };
    }

    private async ValueTask<Ending> ShowAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var reviewer = ReviewerOf(exchange);
        var (hold, fault) = await FindAsync(exchange, reviewer, cancellationToken);
        if (hold is null)
        {
            return fault!;
        }

        var standing = await book.StandingAsync(hold, reviewer.Bundle, cancellationToken);
        var content = await book.ContentAsync(hold.Id, cancellationToken);
        var detail = HoldDetail.Of(standing, content, reviewer.Bundle, time.GetUtcNow());
        var record = await book.SeenAsync(reviewer, hold);
        var shown = JsonSerializer.SerializeToUtf8Bytes(detail, HoldJson.Default.HoldDetail);
        return new Ending.Replied(StatusCodes.Status200OK, shown, record) { IsPrivate = true };
    }

    private async ValueTask<Ending> ApproveAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var reviewer = ReviewerOf(exchange);
        var (hold, fault) = await FindAsync(exchange, reviewer, cancellationToken);
        if (hold is null)
        {
            return fault!;
        }

        var (body, bodyFault) = await exchange.ReadBodyAsync(MaxApprovalBytes, cancellationToken, ContentBudget.ControlBytes);
        using (body)
        {
            if (body is null)
            {
                return bodyFault!;
            }

            // The body can be long in coming, and who may decide is asked when it is there.
            reviewer = ReviewerOf(exchange);
            exchange.ReliesOnBundle = true;
            if (!ApprovalRules.MayReview(hold, reviewer))
            {
                return HoldFaults.NoSuchHold;
            }

            var (standing, record, notTaken) = await book.TakeAsync(reviewer, hold.Id, body.Bytes, cancellationToken);
            if (standing is null)
            {
                return notTaken!;
            }

            var posted = new PostedApproval(
                hold.Id.ToString(),
                HoldSummary.StateOf(standing, time.GetUtcNow()),
                [.. standing.Hold.Needs.Select(seat => seat.ToString())],
                [.. standing.Filled.Select(seat => seat.ToString())]);
            var reply = JsonSerializer.SerializeToUtf8Bytes(posted, HoldJson.Default.PostedApproval);
            return new Ending.Replied(StatusCodes.Status201Created, reply, record);
        }
    }

    private static Reviewer ReviewerOf(Exchange exchange) => new(exchange.Client, exchange.Active.Bundle, exchange);

    private async ValueTask<(Hold? Hold, Fault? Fault)> FindAsync(
        Exchange exchange, Reviewer reviewer, CancellationToken cancellationToken)
    {
        if (!reviewer.Client.May(Rights.Review))
        {
            return (null, RightsFaults.Review);
        }

        var hold = HoldId.TryParse(exchange.Http.GetRouteValue("id") as string, out var id)
            ? await book.FindAsync(id, cancellationToken)
            : null;
        return hold is null || !ApprovalRules.MayReview(hold, reviewer) ? (null, HoldFaults.NoSuchHold) : (hold, null);
    }
}
