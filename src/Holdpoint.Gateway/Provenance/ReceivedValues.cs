using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Holdpoint.Gateway.Storage;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Provenance;

/// <summary>
/// The opaque values that each deployment received in answers through the gateway (ADR 0146): sealed reasoning, signatures, ids of what a
/// provider keeps. Only such a value is taken back, because nobody can say what another one stands for. What is kept is a digest under
/// a key that is not in the store. Thread-safe.
/// </summary>
/// <param name="store">Where the digests are kept.</param>
/// <param name="key">32 secret bytes, for this purpose alone.</param>
/// <param name="time">The clock.</param>
internal sealed class ReceivedValues(Store store, byte[] key, TimeProvider time)
{
    /// <summary>The days for which a value is taken back. 30, as long as providers keep responses.</summary>
    public const int Days = 30;

    /// <summary>The most values that are kept, of all deployments: 10 million of 50 bytes are half a gigabyte.</summary>
    public const long Most = 10_000_000;

    // Values that wait for the store; one that finds no room is not taken back later, which is the safe side.
    private const int MostWaiting = 100_000;

    private const int DigestBytes = 16;

    // How many writes there are between two cleanings: each is two statements on indexes.
    private const int ForgetEvery = 1024;

    private readonly ConcurrentDictionary<UInt128, byte> _waiting = new();
    // Counted separately: ConcurrentDictionary.Count takes all its locks.
    private int _waitingCount;

    private int _isWriting;
    private int _writes;

    /// <summary>Notes a value that is about to leave in an answer. It is known at once, and durable soon.</summary>
    /// <param name="deployment">Who receives it.</param>
    /// <param name="value">The value.</param>
    public void Note(string deployment, ReadOnlySpan<byte> value)
    {
        if (Volatile.Read(ref _waitingCount) < MostWaiting && _waiting.TryAdd(DigestOf(deployment, value), 0))
        {
            Interlocked.Increment(ref _waitingCount);
            _ = WriteAsync();
        }
    }

    /// <summary>The first of some values that a deployment did not receive; null when it received all.</summary>
    /// <exception cref="StoreUnavailableException">That cannot be found out now.</exception>
    public async ValueTask<OpaqueValue?> FirstUnknownAsync(
        string deployment, ImmutableArray<OpaqueValue> values, CancellationToken cancellationToken)
    {
        List<(OpaqueValue Value, UInt128 Digest)> stored = [];
        foreach (var value in values)
        {
            var digest = DigestOf(deployment, value.Value.Span);
            if (!_waiting.ContainsKey(digest))
            {
                stored.Add((value, digest));
            }
        }

        return stored.Count == 0
            ? null
            : await store.ReadAsync(connection => FirstUnknown(connection, stored, since: Today() - Days), cancellationToken);
    }

    private static OpaqueValue? FirstUnknown(
        StoreConnection connection, List<(OpaqueValue Value, UInt128 Digest)> values, int since)
    {
        foreach (var (value, digest) in values)
        {
            if (!ReceivedValueTables.IsKnown(connection, BytesOf(digest), since))
            {
                return value;
            }
        }

        return null;
    }

    // One write at a time, which takes all that waits; what arrives meanwhile is taken by the next.
    private async Task WriteAsync()
    {
        while (!_waiting.IsEmpty && Interlocked.Exchange(ref _isWriting, 1) == 0)
        {
            UInt128[] taken = [.. _waiting.Keys];
            var today = Today();
            var isWritten = false;
            try
            {
                var isToForget = _writes++ % ForgetEvery == 0;
                isWritten = await store.WriteAsync(connection => Write(connection, taken, today, isToForget), CancellationToken.None);
            }
            catch (StoreUnavailableException)
            {
                // The store tells that itself; the values wait for the next write.
            }
            finally
            {
                Volatile.Write(ref _isWriting, 0);
            }

            if (!isWritten)
            {
                return;
            }

            foreach (var digest in taken)
            {
                if (_waiting.TryRemove(digest, out _))
                {
                    Interlocked.Decrement(ref _waitingCount);
                }
            }
        }
    }

    private static bool Write(StoreConnection connection, UInt128[] digests, int today, bool isToForget)
    {
        foreach (var digest in digests)
        {
            ReceivedValueTables.Insert(connection, BytesOf(digest), today);
        }

        if (isToForget)
        {
            ReceivedValueTables.Forget(connection, before: today - Days, Most);
        }

        return true;
    }

    private UInt128 DigestOf(string deployment, ReadOnlySpan<byte> value)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(deployment));
        hash.AppendData([0]);
        hash.AppendData(value);
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest[..DigestBytes]);
    }

    private static byte[] BytesOf(UInt128 digest)
    {
        var bytes = new byte[DigestBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, digest);
        return bytes;
    }

    private int Today() => (int)(time.GetUtcNow().ToUnixTimeSeconds() / (24 * 60 * 60));
}
