using System.Buffers.Text;

namespace Holdpoint.Gateway.Telemetry;

/// <summary>
/// Finds the numbers of tokens in an answer as it passes, in whatever format: providers write them as members of a <c>usage</c> object
/// under two names each. For measurements only: nothing is decided by them. Not thread-safe.
/// </summary>
/// <remarks>
/// A quote within a JSON string is escaped, so a text that speaks of <c>"prompt_tokens":</c> is not taken for the member. Of several
/// numbers the greatest counts: streams repeat them as they grow.
/// </remarks>
internal sealed class UsageScan
{
    /// <summary>
    /// Longest piece of interest: a name, a colon, some spaces and a number. What lies on a cut between chunks is put together of it.
    /// </summary>
    private const int MaxMemberBytes = 64;

    private readonly byte[] _seam = new byte[2 * MaxMemberBytes];
    private int _kept;

    /// <summary>Tokens of the prompt; null while none were seen.</summary>
    public long? Input { get; private set; }

    /// <summary>Tokens of the answer; null while none were seen.</summary>
    public long? Output { get; private set; }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, MaxMemberBytes)];
        head.CopyTo(_seam.AsSpan(_kept));
        var all = _kept + head.Length;
        Find(_seam.AsSpan(0, all));
        if (bytes.Length > MaxMemberBytes)
        {
            Find(bytes);
        }

        // The last bytes of all that has passed.
        if (bytes.Length >= MaxMemberBytes)
        {
            bytes[^MaxMemberBytes..].CopyTo(_seam);
            _kept = MaxMemberBytes;
        }
        else
        {
            var from = Math.Max(0, all - MaxMemberBytes);
            _seam.AsSpan(from, all - from).CopyTo(_seam);
            _kept = all - from;
        }
    }

    private void Find(ReadOnlySpan<byte> bytes)
    {
        // One search decides for most chunks: all four names end alike.
        if (bytes.IndexOf("_tokens\":"u8) < 0)
        {
            return;
        }

        Input = Greatest(Greatest(Input, bytes, "\"prompt_tokens\":"u8), bytes, "\"input_tokens\":"u8);
        Output = Greatest(Greatest(Output, bytes, "\"completion_tokens\":"u8), bytes, "\"output_tokens\":"u8);
    }

    private static long? Greatest(long? known, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name)
    {
        for (var at = bytes.IndexOf(name); at >= 0; at = bytes.IndexOf(name))
        {
            bytes = bytes[(at + name.Length)..].TrimStart((byte)' ');

            // A number that the chunk ends in may go on; it is read whole at the next.
            if (Utf8Parser.TryParse(bytes, out uint count, out var length) && length < bytes.Length)
            {
                known = Math.Max(known ?? 0, count);
            }
        }

        return known;
    }
}
