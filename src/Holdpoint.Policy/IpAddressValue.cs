using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Holdpoint.Policy;

/// <summary>
/// Cedar's <c>ipaddr</c>: an IPv4 or IPv6 address with a prefix length. Equality is of the written address and prefix, not of the
/// range; an IPv4 address never equals an IPv6 one.
/// </summary>
public sealed class IpAddressValue : Value
{
    // "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789/128"; Cedar refuses longer texts unread.
    private const int MaxTextLength = 43;

    private readonly UInt128 _address;

    private IpAddressValue(bool isIpv6, UInt128 address, int prefix)
    {
        IsIpv6 = isIpv6;
        _address = address;
        Prefix = prefix;
    }

    /// <summary>Whether this is an IPv6 address; otherwise IPv4.</summary>
    public bool IsIpv6 { get; }

    /// <summary>The prefix length: 0 to 32 for IPv4, 0 to 128 for IPv6; the largest for a single address.</summary>
    public int Prefix { get; }

    /// <summary>The address as a number; of IPv4 the upper 96 bits are 0.</summary>
    public UInt128 Address => _address;

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.IpAddress;

    private int Width => IsIpv6 ? 128 : 32;

    /// <summary>
    /// Reads what <c>ip("…")</c> takes: an address, optionally with <c>/prefix</c>. Like Cedar it refuses IPv4 written inside IPv6,
    /// zone ids, and octets or prefixes with leading zeros.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IpAddressValue? value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = null;
        if (text.Length > MaxTextLength)
        {
            return false;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text.AsSpan(0, slash);
        var isIpv6 = address.Contains(':');
        if (!(isIpv6 ? TryParseIpv6(address, out var bits) : TryParseIpv4(address, out bits)))
        {
            return false;
        }

        var prefix = isIpv6 ? 128 : 32;
        if (slash >= 0 && !TryParsePrefix(text.AsSpan(slash + 1), prefix, out prefix))
        {
            return false;
        }

        value = new IpAddressValue(isIpv6, bits, prefix);
        return true;
    }

    /// <summary>The value of these bits.</summary>
    /// <param name="isIpv6">Whether it is IPv6; otherwise IPv4.</param>
    /// <param name="address">The address as a number.</param>
    /// <param name="prefix">The prefix length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The address or the prefix has more bits than the family.</exception>
    public static IpAddressValue Of(bool isIpv6, UInt128 address, int prefix)
    {
        var value = new IpAddressValue(isIpv6, address, prefix);
        ArgumentOutOfRangeException.ThrowIfNegative(prefix);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefix, value.Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, UInt128.MaxValue >> (128 - value.Width));
        return value;
    }

    /// <summary>Whether the whole range is loopback: within 127.0.0.0/8, or ::1.</summary>
    public bool IsLoopback() => IsIpv6 ? _address == 1 && Prefix == 128 : _address >> 24 == 127 && Prefix >= 8;

    /// <summary>Whether the whole range is multicast: within 224.0.0.0/4 or ff00::/8.</summary>
    public bool IsMulticast() => IsIpv6 ? _address >> 120 == 0xFF && Prefix >= 8 : _address >> 28 == 0xE && Prefix >= 4;

    /// <summary>Whether every address of this range lies in <paramref name="other"/>; false across families.</summary>
    public bool IsInRange(IpAddressValue other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsIpv6 == other.IsIpv6 && other.First <= First && Last <= other.Last;
    }

    private UInt128 HostMask => Prefix == 0 ? UInt128.MaxValue >> (128 - Width) : (UInt128.One << (Width - Prefix)) - 1;

    private UInt128 First => _address & ~HostMask;

    private UInt128 Last => _address | HostMask;

    /// <inheritdoc/>
    public override bool Equals(Value? other) =>
        other is IpAddressValue that && that.IsIpv6 == IsIpv6 && that._address == _address && that.Prefix == Prefix;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsIpv6, _address, Prefix);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder("ip(\"");
        var (groups, width, separator, format) = IsIpv6 ? (8, 16, ':', "x") : (4, 8, '.', "");
        for (var i = groups - 1; i >= 0; i--)
        {
            var group = (uint)((_address >> (i * width)) & ((UInt128.One << width) - 1));
            text.Append(group.ToString(format, CultureInfo.InvariantCulture)).Append(i == 0 ? '/' : separator);
        }

        return text.Append(CultureInfo.InvariantCulture, $"{Prefix}\")").ToString();
    }

    private static bool TryParsePrefix(ReadOnlySpan<char> text, int max, out int prefix)
    {
        prefix = Digits.Fixed(text, 0, text.Length);
        return text.Length is >= 1 and <= 3 && (text[0] != '0' || text.Length == 1) && prefix >= 0 && prefix <= max;
    }

    private static bool TryParseIpv4(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;
        for (var octet = 0; octet < 4; octet++)
        {
            var end = octet == 3 ? text.Length : text.IndexOf('.');
            if (end is < 1 or > 3 || Digits.Fixed(text, 0, end) is var number && (number is < 0 or > 255 || (text[0] == '0' && end > 1)))
            {
                return false;
            }

            bits = (bits << 8) | (uint)number;
            text = octet == 3 ? [] : text[(end + 1)..];
        }

        return true;
    }

    private static bool TryParseIpv6(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;
        var gap = text.IndexOf("::");
        if (gap < 0)
        {
            return TryParseGroups(text, out bits, out var all) && all == 8;
        }

        // "::" stands for one group of zeros at least, as in Rust's parser, which Cedar uses.
        if (!TryParseGroups(text[..gap], out var head, out var before)
            || !TryParseGroups(text[(gap + 2)..], out var tail, out var after)
            || before + after > 7)
        {
            return false;
        }

        bits = (before == 0 ? 0 : head << (16 * (8 - before))) | tail;
        return true;
    }

    /// <summary>Groups of one to four hexadecimal digits between single colons; none at all in an empty text.</summary>
    private static bool TryParseGroups(ReadOnlySpan<char> text, out UInt128 bits, out int count)
    {
        bits = 0;
        count = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        foreach (var range in text.Split(':'))
        {
            var group = text[range];
            if (count == 8 || group.Length is < 1 or > 4)
            {
                return false;
            }

            uint number = 0;
            foreach (var c in group)
            {
                if (!char.IsAsciiHexDigit(c))
                {
                    return false;
                }

                number = (number << 4) | (uint)(char.IsAsciiDigit(c) ? c - '0' : char.ToLowerInvariant(c) - 'a' + 10);
            }

            bits = (bits << 16) | number;
            count++;
        }

        return true;
    }
}
