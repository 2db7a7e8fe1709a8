using System.Buffers;
using System.IO.Pipelines;
using Holdpoint.Log;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Calls;

/// <summary>A request body, read whole into one rented buffer; the buffer returns to the pool on <see cref="Dispose"/>.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>
    /// First rental, also for a body that says it is longer: memory follows the bytes that arrive. Most chat requests fit.
    /// </summary>
    private const int FirstBufferBytes = 16 * 1024;

    private byte[] _buffer;

    private RequestBody(byte[] buffer, int length)
    {
        _buffer = buffer;
        Bytes = buffer.AsMemory(0, length);
        Digest = Hash.Of(Bytes.Span);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of <see cref="Bytes"/>, computed once for all that name the body.</summary>
    public Hash Digest { get; }

    /// <summary>Reads to the end; null where the body is longer than <paramref name="maxBytes"/>.</summary>
    /// <exception cref="BadHttpRequestException">With status 408: it had not arrived after <paramref name="limit"/>.</exception>
    public static ValueTask<RequestBody?> ReadAsync(
        PipeReader reader, long? declaredBytes, int maxBytes, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (declaredBytes > maxBytes)
        {
            return new(default(RequestBody));
        }

        // Most bodies have arrived with their head, and need no time limit.
        if (reader.TryRead(out var result))
        {
            var chunk = result.Buffer;
            if (result.IsCompleted && chunk.Length <= maxBytes)
            {
                var buffer = ArrayPool<byte>.Shared.Rent((int)chunk.Length);
                chunk.CopyTo(buffer);
                var length = (int)chunk.Length;
                reader.AdvanceTo(chunk.End);
                return new(new RequestBody(buffer, length));
            }

            reader.AdvanceTo(chunk.Start);
        }

        return AwaitAsync(reader, declaredBytes, maxBytes, limit, cancellationToken);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private static async ValueTask<RequestBody?> AwaitAsync(
        PipeReader reader, long? declaredBytes, int maxBytes, TimeSpan limit, CancellationToken cancellationToken)
    {
        // Not by a token: a read that is cancelled so leaves the reader in use, and the server could not read past the rest of the body.
        using var timer = new CancellationTokenSource(limit);
        using var late = timer.Token.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), reader);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(declaredBytes ?? FirstBufferBytes, FirstBufferBytes));
        var length = 0;
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(cancellationToken);
                var chunk = result.Buffer;
                if (result is { IsCanceled: true, IsCompleted: false })
                {
                    // What the server itself throws when a body comes in too slowly.
                    reader.AdvanceTo(chunk.End);
                    throw new BadHttpRequestException("The body did not arrive in time.", StatusCodes.Status408RequestTimeout);
                }

                if (length + chunk.Length > maxBytes)
                {
                    reader.AdvanceTo(chunk.End);
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }

                buffer = Grow(buffer, length, length + (int)chunk.Length);
                chunk.CopyTo(buffer.AsSpan(length));
                length += (int)chunk.Length;
                reader.AdvanceTo(chunk.End);
                if (result.IsCompleted)
                {
                    return new RequestBody(buffer, length);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static byte[] Grow(byte[] buffer, int used, int needed)
    {
        if (needed <= buffer.Length)
        {
            return buffer;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, buffer.Length * 2));
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
