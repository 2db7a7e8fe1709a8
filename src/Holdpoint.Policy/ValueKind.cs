namespace Holdpoint.Policy;

/// <summary>The type of a Cedar value.</summary>
public enum ValueKind
{
    /// <summary><c>Bool</c>.</summary>
    Boolean,

    /// <summary><c>Long</c>: a signed 64-bit integer.</summary>
    Long,

    /// <summary><c>String</c>.</summary>
    String,

    /// <summary>A reference to an entity.</summary>
    Entity,

    /// <summary><c>Set</c>: unordered, without duplicates, of any mixture of types.</summary>
    Set,

    /// <summary>A record.</summary>
    Record,

    /// <summary>The <c>decimal</c> extension.</summary>
    Decimal,

    /// <summary>The <c>ipaddr</c> extension.</summary>
    IpAddress,

    /// <summary>The <c>datetime</c> extension.</summary>
    DateTime,

    /// <summary>The <c>duration</c> extension.</summary>
    Duration,
}
