using System.Security.Cryptography;

namespace Holdpoint.Wire;

/// <summary>
/// What a stream has said of one part so far, as a digest: formats that repeat a text whole after its deltas are proved to repeat it, and
/// nothing is kept for that but 32 bytes. Not thread-safe.
/// </summary>
internal sealed class SpokenText : IDisposable
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;

    /// <summary>Goes on.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        _digest.AppendData(text);
        _bytes += text.Length;
    }

    /// <summary>Whether exactly that was said.</summary>
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

    /// <summary>Takes another text in the place of what was said.</summary>
    public void Replace(ReadOnlySpan<byte> text)
    {
        Span<byte> forgotten = stackalloc byte[SHA256.HashSizeInBytes];
        _digest.GetHashAndReset(forgotten);
        _bytes = 0;
        Append(text);
    }

    public void Dispose() => _digest.Dispose();
}
