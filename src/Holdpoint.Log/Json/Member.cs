namespace Holdpoint.Log.Json;

/// <summary>
/// One member of an object that is being written: where its unescaped name lies, and where its written text, name included.
/// </summary>
internal readonly record struct Member(int NameStart, int NameLength, int Start, int Length);

/// <summary>
/// Orders names by UTF-16 code units (RFC 8785 §3.2.3) without leaving UTF-8. The two orders differ only between characters past U+FFFF,
/// whose surrogates (D800…DFFF) come before U+E000…U+FFFF, and those.
/// </summary>
internal readonly struct MemberOrder(byte[] names) : IComparer<Member>
{
    public int Compare(Member x, Member y) =>
        Compare(names.AsSpan(x.NameStart, x.NameLength), names.AsSpan(y.NameStart, y.NameLength));

    public static int Compare(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var common = x.CommonPrefixLength(y);
        if (common == x.Length || common == y.Length)
        {
            return x.Length - y.Length;
        }

        return Rank(x[common]) - Rank(y[common]);
    }

    // The first byte that differs: where one is F0…F4 (past U+FFFF) and the other EE or EF (U+E000…U+FFFF), both are first bytes.
    private static int Rank(byte b) => b is 0xee or 0xef ? b + 0x10 : b;
}
