using System.Buffers;
using System.IO.Pipelines;
using Holdpoint.Gateway.Budget;
using Holdpoint.Log;
using Holdpoint.Wire;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Gateway.Calls;

/// <summary>
/// A request body, read whole into one rented buffer, which counts in the request's share; it returns to the pool on
/// <see cref="Dispose"/>.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>
    /// First rental, also for a body that says it is longer: memory follows the bytes that arrive. Most chat requests fit.
    /// </summary>
    private const int FirstBufferBytes = 16 * 1024;

    private readonly ContentShare _share;
    private byte[] _buffer;

    private RequestBody(ContentShare share, byte[] buffer, int length)
    {
        _share = share;
        _buffer = buffer;
        Bytes = buffer.AsMemory(0, length);
        Digest = Hash.Of(Bytes.Span);
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of <see cref="Bytes"/>, computed once for all that name the body.</summary>
    public Hash Digest { get; }

    /// <summary>Reads to the end.</summary>
    /// <returns>The body; or the fault: it is longer than <paramref name="maxBytes"/>, or <paramref name="share"/> has no room.</returns>
    /// <exception cref="BadHttpRequestException">With status 408: it had not arrived after <paramref name="limit"/>.</exception>
    public static ValueTask<(RequestBody? Body, Fault? Fault)> ReadAsync(
        PipeReader reader, long? declaredBytes, int maxBytes, ContentShare share, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (declaredBytes > maxBytes)
        {
            return new((null, WireFaults.BodyTooLarge(maxBytes)));
        }

        // Most bodies have arrived with their head, and need no time limit.
        if (reader.TryRead(out var result))
        {
            var chunk = result.Buffer;
            if (result.IsCompleted && chunk.Length <= maxBytes)
            {
                var length = (int)chunk.Length;
                if (share.TryRent(length) is not { } buffer)
                {
                    reader.AdvanceTo(chunk.End);
                    return new((null, BudgetFaults.RequestDoesNotFit));
                }

                chunk.CopyTo(buffer);
                reader.AdvanceTo(chunk.End);
                return new((new RequestBody(share, buffer, length), null));
            }

            reader.AdvanceTo(chunk.Start);
        }

        return AwaitAsync(reader, declaredBytes, maxBytes, share, limit, cancellationToken);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            _share.Return(_buffer);
            _buffer = [];
        }
    }

    private static async ValueTask<(RequestBody? Body, Fault? Fault)> AwaitAsync(
        PipeReader reader, long? declaredBytes, int maxBytes, ContentShare share, TimeSpan limit, CancellationToken cancellationToken)
    {
        // Not by a token: a read that is cancelled so leaves the reader in use, and the server could not read past the rest of the body.
        using var timer = new CancellationTokenSource(limit);
        using var late = timer.Token.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), reader);
        var buffer = share.TryRent((int)Math.Min(declaredBytes ?? FirstBufferBytes, FirstBufferBytes));
        if (buffer is null)
        {
            return (null, BudgetFaults.RequestDoesNotFit);
        }

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

                var fault = length + chunk.Length > maxBytes ? WireFaults.BodyTooLarge(maxBytes)
                    : TryFit(share, ref buffer, length, length + (int)chunk.Length) ? null
                    : BudgetFaults.RequestDoesNotFit;
                if (fault is not null)
                {
                    reader.AdvanceTo(chunk.End);
                    share.Return(buffer);
                    return (null, fault);
                }

                chunk.CopyTo(buffer.AsSpan(length));
                length += (int)chunk.Length;
                reader.AdvanceTo(chunk.End);
                if (result.IsCompleted)
                {
                    return (new RequestBody(share, buffer, length), null);
                }
            }
        }
        catch
        {
            share.Return(buffer);
            throw;
        }
    }

    private static bool TryFit(ContentShare share, ref byte[] buffer, int used, int needed)
    {
        if (needed > buffer.Length)
        {
            if (share.TryGrow(buffer, used, needed) is not { } larger)
            {
                return false;
            }

            buffer = larger;
        }

        return true;
    }
}
