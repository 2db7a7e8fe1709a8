using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Agreements;

/// <summary>Claims, or the fault in them.</summary>
public sealed record ClaimsParseResult
{
    private ClaimsParseResult(Claimed? claims, string? fault)
    {
        Claims = claims;
        Fault = fault;
    }

    /// <summary>The caller's claims; null when the header is at fault.</summary>
    public Claimed? Claims { get; }

    /// <summary>
    /// The fault, for the client: it names the claim and its permitted values, and repeats nothing of the header. Null when there is none.
    /// </summary>
    public string? Fault { get; }

    /// <summary>Whether there are claims.</summary>
    [MemberNotNullWhen(true, nameof(Claims))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsValid => Claims is not null;

    internal static ClaimsParseResult Ok(Claimed claims) => new(claims, null);

    internal static ClaimsParseResult Failed(string fault) => new(null, fault);
}
