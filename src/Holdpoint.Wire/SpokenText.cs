using System.Security.Cryptography;

namespace Holdpoint.Wire;

/// <summary>
/// The text of one part that a stream has sent so far, kept only as a digest of 32 bytes, which proves whether a whole text after the
/// deltas repeats them. Not thread-safe.
/// </summary>
internal sealed class SpokenText : IDisposable
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    /// <summary>Appends a piece of the text.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        _digest.AppendData(text);
        _bytes += text.Length;
    }

    /// <summary>Whether the text so far is exactly this one.</summary>
    public bool Is(ReadOnlySpan<byte> text)
    {
        if (text.Length != _bytes)
        {
            return false;
        }

        Span<byte> said = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> repeated = stackalloc byte[SHA256.HashSizeInBytes];
        _digest.GetCurrentHash(said);
        SHA256.HashData(text, repeated);
        return said.SequenceEqual(repeated);
    }

    /// <summary>Replaces the text so far with another one.</summary>
    public void Replace(ReadOnlySpan<byte> text)
    {
        Span<byte> forgotten = stackalloc byte[SHA256.HashSizeInBytes];
        _digest.GetHashAndReset(forgotten);
        _bytes = 0;
        Append(text);
    }

    public void Dispose() => _digest.Dispose();
}
