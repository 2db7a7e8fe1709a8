using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Holdpoint.Evidence.Dsse;
using Holdpoint.Gateway.Decisions;

namespace Holdpoint.Gateway.Holds;

/// <summary>The answer of <c>GET /holdpoint/holds</c> (docs/reference/holds.md).</summary>
internal sealed record HoldList(IReadOnlyList<HoldSummary> Holds);

/// <summary>One hold in a list: nothing of its content.</summary>
internal record HoldSummary(
    string Id, string Kind, string State, string Deployment, string Principal, string Endpoint, string? Model, string? Tool,
    IReadOnlyList<HoldClause> Clauses, IReadOnlyList<string> Needs,
    IReadOnlyList<string> Filled, string Opened, string Expires, long Record,
    string Bundle, string Digest)
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static HoldSummary Of(HoldStanding standing, ActiveBundle bundle, DateTimeOffset now)
    {
        var hold = standing.Hold;
        return new(
            hold.Id.ToString(), HoldWords.Of(hold.Kind), StateOf(standing, now),
            hold.Deployment, hold.Principal, hold.Endpoint, hold.Model, hold.Tool,
            [.. hold.Clauses.Select(id => new HoldClause(id, TitleOf(id, bundle)))],
            [.. hold.Needs.Select(seat => seat.ToString())], [.. standing.Filled.Select(seat => seat.ToString())],
            TextOf(hold.Opened), TextOf(hold.Expires), hold.Record, hold.Bundle.ToHex(), hold.Digest.ToHex());
    }

    /// <summary>The state of a hold that people see: an open one whose seats are all filled is <c>approved</c>.</summary>
    public static string StateOf(HoldStanding standing, DateTimeOffset now) =>
        standing.Hold.State != HoldState.Open ? HoldWords.Of(standing.Hold.State)
        : !standing.Hold.IsOpenAt(now) ? HoldWords.Of(HoldState.Expired)
        : standing.IsApproved ? "approved"
        : HoldWords.Of(HoldState.Open);

    public static string TextOf(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    private static string TitleOf(string id, ActiveBundle bundle) =>
        bundle.Named([id]).FirstOrDefault()?.Title ?? id;
}

/// <summary>A clause that holds.</summary>
internal sealed record HoldClause(string Id, string Title);

/// <summary>The answer of <c>GET /holdpoint/holds/{id}</c>.</summary>
internal sealed record HoldDetail(
    HoldSummary Hold, IReadOnlyList<HoldSeat> Seats, JsonElement Binding, ShownContent? Content)
{
    public static HoldDetail Of(HoldStanding standing, HoldContent? content, ActiveBundle bundle, DateTimeOffset now)
    {
        using var binding = JsonDocument.Parse(standing.Hold.Binding);
        return new(
            HoldSummary.Of(standing, bundle, now),
            [.. standing.Hold.Needs.Select(seat => new HoldSeat(
                seat.ToString(),
                standing.Approvals.FirstOrDefault(approval => approval.Seat == seat)?.Person,
                [.. bundle.Agreement.Issuers.All
                    .Where(issuer => issuer.Person is { } person && issuer.MayIssue(Evidence.Predicates.PredicateType.Approval)
                        && ApprovalRules.MayFill(bundle.Agreement, issuer.Party, person, seat.Kind))
                    .Select(issuer => KeyId.Of(issuer.Key))]))],
            binding.RootElement.Clone(),
            content is null ? null : ShownContent.Of(content));
    }
}

/// <summary>A seat of a hold.</summary>
/// <param name="Seat">Such as <c>reviewer#1</c>.</param>
/// <param name="Person">Who fills it; null while nobody does.</param>
/// <param name="Keys">Key ids of those who may.</param>
internal sealed record HoldSeat(string Seat, string? Person, IReadOnlyList<string> Keys);

/// <summary>
/// The content on which people decide, as text. Bytes that are not UTF-8 are shown as U+FFFD; the digests in the binding are of the bytes.
/// </summary>
internal sealed record ShownContent(string Body, string? Claims, string? Arguments, string? Answer)
{
    public static ShownContent Of(HoldContent content) => new(
        TextOf(content.Body), content.Claims is { } claims ? TextOf(claims) : null,
        content.Arguments is { } arguments ? TextOf(arguments) : null,
        content.Answer is { } answer ? TextOf(answer.Body) : null);

    private static string TextOf(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}

/// <summary>The answer to a posted approval.</summary>
internal sealed record PostedApproval(string Hold, string State, IReadOnlyList<string> Needs, IReadOnlyList<string> Filled);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HoldList))]
[JsonSerializable(typeof(HoldDetail))]
[JsonSerializable(typeof(PostedApproval))]
internal sealed partial class HoldJson : JsonSerializerContext;
