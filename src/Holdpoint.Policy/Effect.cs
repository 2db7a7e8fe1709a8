namespace Holdpoint.Policy;

/// <summary>What a policy does when it applies.</summary>
public enum Effect
{
    /// <summary>Allows, unless a forbid applies too.</summary>
    Permit,

    /// <summary>Denies, whatever else applies.</summary>
    Forbid,
}
