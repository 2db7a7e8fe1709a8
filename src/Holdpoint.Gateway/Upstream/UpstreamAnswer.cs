using System.Collections.Immutable;
using Holdpoint.Gateway.Budget;

namespace Holdpoint.Gateway.Upstream;

/// <summary>An answer whose head has arrived. Not thread-safe. Disposing it before its end breaks the connection off.</summary>
internal abstract class UpstreamAnswer : IAsyncDisposable
{
    public required AnswerKind Kind { get; init; }

    public required int Status { get; init; }

    /// <summary>The value of <c>Content-Type</c>; null when the upstream sent none.</summary>
    public required string? ContentType { get; init; }

    /// <summary>The headers that are passed on to the client. Values are visible ASCII and spaces.</summary>
    public ImmutableArray<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Length of the body in bytes, where the upstream said so beforehand.</summary>
    public long? Length { get; init; }

    /// <summary>The next bytes of the body.</summary>
    /// <param name="buffer">Where they go; not empty.</param>
    /// <param name="cancellationToken">Looked at before reading. A read under way ends with the token that the call was sent with.</param>
    /// <exception cref="OperationCanceledException">Only when one of the two tokens asked for it.</exception>
    public abstract ValueTask<BodyRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    /// <summary>Reads all of one that is bounded by itself, outside the memory for content. The caller disposes what it gets.</summary>
    /// <param name="maxBytes">More is a fault.</param>
    /// <param name="cancellationToken">The client left.</param>
    public ValueTask<WholeBody> ReadWholeAsync(int maxBytes, CancellationToken cancellationToken) =>
        ReadWholeAsync(maxBytes, ContentShare.Uncounted(), cancellationToken);

    /// <summary>Reads all of it. The caller disposes what it gets.</summary>
    /// <param name="maxBytes">More is a fault.</param>
    /// <param name="share">Where the memory counts, until the share is disposed; what does not fit is a fault.</param>
    /// <param name="cancellationToken">The client left.</param>
    public async ValueTask<WholeBody> ReadWholeAsync(int maxBytes, ContentShare share, CancellationToken cancellationToken)
    {
        // One byte more than announced, so that the end shows without growing.
        var array = share.TryRent((int)Math.Min(maxBytes, Length ?? 4096) + 1);
        if (array is null)
        {
            return new WholeBody([], 0, BudgetFaults.AnswerDoesNotFit);
        }

        var count = 0;
        try
        {
            while (true)
            {
                if (count == array.Length)
                {
                    if (share.TryGrow(array, count, count + 1) is not { } larger)
                    {
                        return new WholeBody([], 0, BudgetFaults.AnswerDoesNotFit);
                    }

                    array = larger;
                }

                var read = await ReadAsync(array.AsMemory(count), cancellationToken).ConfigureAwait(false);
                count += read.Count;
                var fault = count > maxBytes ? UpstreamFaults.TooLarge : read.Fault;
                if (fault is not null || read.IsEnd)
                {
                    var body = new WholeBody(array, count, fault);
                    array = [];
                    return body;
                }
            }
        }
        finally
        {
            if (array.Length > 0)
            {
                share.Return(array);
            }
        }
    }
}
