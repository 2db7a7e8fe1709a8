using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// A call that is made under an approved hold: which seats are filled for what, and how far the release has come. Belongs to one call; not
/// thread-safe.
/// </summary>
/// <param name="chain">The hold itself first, then the holds under which it came about; each with the approvals that hold now.</param>
/// <param name="answer">The kept answer; null when what was held has not been sent to a model.</param>
internal sealed class HoldRelease(ImmutableArray<HoldStanding> chain, KeptAnswer? answer)
{
    private readonly HashSet<HoldId> _taken = [];

    public Hold Hold => chain[0].Hold;

    public KeptAnswer? Answer => answer;

    /// <summary>The seats of the hold itself.</summary>
    public Seats Filled => chain[0].Filled;

    /// <summary>Seats filled for the call: by approvals of it, or of what its answer says.</summary>
    public Seats ForCall { get; } = Of(chain, HoldKind.Call);

    /// <summary>Seats filled for the text of the answer, apart from <see cref="ForCall"/>.</summary>
    public Seats ForAnswer { get; } = Of(chain, HoldKind.Answer);

    /// <summary>This request, and no other, is releasing the hold.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>The approvals are used up.</summary>
    public bool IsUsed { get; set; }

    /// <summary>A model was called under it.</summary>
    public bool HasCalledModel { get; set; }

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

    // A person fills one seat, also where several holds are about the same thing: whoever sits already takes no second seat.
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
