namespace Holdpoint.Policy.Syntax;

/// <summary>Everything that a policy can call. The members are spelt as in Cedar, with a capital first letter.</summary>
public enum Function
{
    /// <summary><c>set.contains(value)</c></summary>
    Contains,

    /// <summary><c>set.containsAll(set)</c></summary>
    ContainsAll,

    /// <summary><c>set.containsAny(set)</c></summary>
    ContainsAny,

    /// <summary><c>set.isEmpty()</c></summary>
    IsEmpty,

    /// <summary><c>entity.getTag(string)</c></summary>
    GetTag,

    /// <summary><c>entity.hasTag(string)</c></summary>
    HasTag,

    /// <summary><c>ip(string)</c></summary>
    Ip,

    /// <summary><c>ipaddr.isIpv4()</c></summary>
    IsIpv4,

    /// <summary><c>ipaddr.isIpv6()</c></summary>
    IsIpv6,

    /// <summary><c>ipaddr.isLoopback()</c></summary>
    IsLoopback,

    /// <summary><c>ipaddr.isMulticast()</c></summary>
    IsMulticast,

    /// <summary><c>ipaddr.isInRange(ipaddr)</c></summary>
    IsInRange,

    /// <summary><c>decimal(string)</c></summary>
    Decimal,

    /// <summary><c>decimal.lessThan(decimal)</c></summary>
    LessThan,

    /// <summary><c>decimal.lessThanOrEqual(decimal)</c></summary>
    LessThanOrEqual,

    /// <summary><c>decimal.greaterThan(decimal)</c></summary>
    GreaterThan,

    /// <summary><c>decimal.greaterThanOrEqual(decimal)</c></summary>
    GreaterThanOrEqual,

    /// <summary><c>datetime(string)</c></summary>
    Datetime,

    /// <summary><c>duration(string)</c></summary>
    Duration,

    /// <summary><c>datetime.offset(duration)</c></summary>
    Offset,

    /// <summary><c>datetime.durationSince(datetime)</c></summary>
    DurationSince,

    /// <summary><c>datetime.toDate()</c></summary>
    ToDate,

    /// <summary><c>datetime.toTime()</c></summary>
    ToTime,

    /// <summary><c>duration.toMilliseconds()</c></summary>
    ToMilliseconds,

    /// <summary><c>duration.toSeconds()</c></summary>
    ToSeconds,

    /// <summary><c>duration.toMinutes()</c></summary>
    ToMinutes,

    /// <summary><c>duration.toHours()</c></summary>
    ToHours,

    /// <summary><c>duration.toDays()</c></summary>
    ToDays,
}
