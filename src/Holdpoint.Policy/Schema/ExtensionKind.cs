namespace Holdpoint.Policy.Schema;

/// <summary>The extension types of Cedar.</summary>
public enum ExtensionKind
{
    /// <summary><c>decimal</c>.</summary>
    Decimal,

    /// <summary><c>ipaddr</c>.</summary>
    IpAddress,

    /// <summary><c>datetime</c>.</summary>
    DateTime,

    /// <summary><c>duration</c>.</summary>
    Duration,
}
