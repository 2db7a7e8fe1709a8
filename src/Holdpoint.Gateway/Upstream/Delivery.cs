namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// Whether a provider took a call on that failed: what was not taken can be sent again without happening twice (RFC 9110 §9.2.2 leaves
/// that knowledge to whoever knows the resource; ADR 0150).
/// </summary>
internal enum Delivery
{
    /// <summary>It cannot have: nothing of the call was sent, for want of a slot or of a connection.</summary>
    Unsent,

    /// <summary>It did not, as its answer says (401, 403, 429, 503, 529): that is the provider's word.</summary>
    No,

    /// <summary>Nobody knows: the request left and no answer came that says.</summary>
    Unknown,

    /// <summary>It did: there is an answer that is about this very call.</summary>
    Yes,
}
