using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Agreements;

/// <summary>Claims, or what is wrong with them.</summary>
public sealed record ClaimsParseResult
{
    private ClaimsParseResult(Claimed? claims, string? fault)
    {
        Claims = claims;
        Fault = fault;
    }

    /// <summary>What the caller says; null when the header is at fault.</summary>
    public Claimed? Claims { get; }

    /// <summary>
    /// What is wrong, for the client: names the claim and what it may be, and repeats nothing of the header. Null when nothing is.
    /// </summary>
    public string? Fault { get; }

    /// <summary>Whether there are claims.</summary>
    [MemberNotNullWhen(true, nameof(Claims))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsValid => Claims is not null;

    internal static ClaimsParseResult Ok(Claimed claims) => new(claims, null);

    internal static ClaimsParseResult Failed(string fault) => new(null, fault);
}
