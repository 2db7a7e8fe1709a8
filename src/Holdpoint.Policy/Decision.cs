namespace Holdpoint.Policy;

/// <summary>Cedar's answer.</summary>
public enum Decision
{
    /// <summary>A forbid applies, or no permit does.</summary>
    Deny,

    /// <summary>A permit applies and no forbid does.</summary>
    Allow,
}
