using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Decisions;
using Holdpoint.Gateway.Records;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// A call that is made under an approved hold: which seats are filled for what, and how far the release has come. Disposing it gives the
/// approvals back if nothing can have come of them. Belongs to one call; not thread-safe.
/// </summary>
/// <param name="book">Where the steps of the release are taken.</param>
/// <param name="chain">The hold itself first, then the holds under which it came about; each with the approvals that are valid now.</param>
/// <param name="answer">The kept answer; null when what was held has not been sent to a model.</param>
/// <param name="relies">What the call that is made under it relies on; null for nothing that can go.</param>
internal sealed class HoldRelease(
    HoldBook book, ImmutableArray<HoldStanding> chain, KeptAnswer? answer, IReliance? relies) : IAsyncDisposable
{
    private readonly HashSet<HoldId> _taken = [];

    public Hold Hold => chain[0].Hold;

    public KeptAnswer? Answer => answer;

    public IReliance? Relies => relies;

    /// <summary>The seats of the hold itself.</summary>
    public Seats Filled => chain[0].Filled;

    /// <summary>Seats filled for the call: by approvals of it, or of what its answer says.</summary>
    public Seats ForCall { get; } = Of(chain, HoldKind.Call);

    /// <summary>Seats filled for the text of the answer, apart from <see cref="ForCall"/>.</summary>
    public Seats ForAnswer { get; } = Of(chain, HoldKind.Answer);

    /// <summary>The progress of the release; only the book changes it.</summary>
    public ReleaseState State { get; private set; }

    /// <summary>
    /// Whether what was approved may have happened where the gateway does not see it: the request is with a provider that runs a tool of
    /// it. Then the end of the release uses the approvals up, however it comes about.
    /// </summary>
    public bool MayHaveHappened { get; set; }

    /// <summary>The reason that the release failed, for the record that gives the approvals back; null where it is not known.</summary>
    public string? Cause { get; set; }

    /// <summary>Uses the approvals up: what was approved is about to happen.</summary>
    /// <exception cref="RecordUnavailableException">It could not be made durable: it must not happen.</exception>
    public Task UseAsync() => book.UseAsync(this);

    /// <summary>Gives the approvals back when nothing can have come of the release; does nothing when they were used.</summary>
    public async ValueTask DisposeAsync() => await book.GiveBackAsync(this);

    /// <summary>
    /// Whether every approval would count under another bundle too: its key is listed and not revoked, its person has the seat and is not
    /// the requester. That the approvals were given under this hold's bundle is a question of the claim, not of what goes on under it.
    /// </summary>
    public bool StillHolds(ActiveBundle bundle, DateTimeOffset now) => chain.All(standing => standing.Approvals.All(approval =>
        ApprovalRules.Verify(standing.Hold with { Bundle = bundle.Digest }, approval.Envelope, bundle, now).Statement is not null));

    internal void Become(ReleaseState state) => State = state;

    /// <summary>Seats filled for one tool call, and by which hold. An approval is for one: the next equal one needs its own.</summary>
    public (Seats Filled, HoldId? By) TakeForEffect(Hash request)
    {
        foreach (var standing in chain)
        {
            if (standing.Hold.Kind == HoldKind.Effect && standing.Hold.Request == request && _taken.Add(standing.Hold.Id))
            {
                return (standing.Filled, standing.Hold.Id);
            }
        }

        return (Seats.None, null);
    }

    // A person fills one seat, also where several holds are about the same thing: whoever has a seat already takes no second one.
    private static Seats Of(ImmutableArray<HoldStanding> chain, HoldKind kind)
    {
        Dictionary<Seat, string> bySeat = [];
        foreach (var approval in chain.Where(standing => standing.Hold.Kind == kind).SelectMany(standing => standing.Approvals))
        {
            if (!bySeat.ContainsValue(approval.Person))
            {
                bySeat.TryAdd(approval.Seat, approval.Person);
            }
        }

        return Seats.Of(bySeat.Keys);
    }
}

/// <summary>The progress of a release.</summary>
internal enum ReleaseState
{
    /// <summary>People approved; nothing has been done under it, or what was done was given back.</summary>
    Approved,

    /// <summary>This request, and no other, is releasing the hold.</summary>
    Claimed,

    /// <summary>The approvals are used up.</summary>
    Used,
}
