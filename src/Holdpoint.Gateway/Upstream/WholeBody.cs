using System.Buffers;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>The body of an answer in pooled memory, valid until it is disposed.</summary>
internal sealed class WholeBody(byte[] rented, int length, Fault? fault) : IDisposable
{
    private byte[]? _rented = rented;

    /// <summary>The bytes; with a fault, those that came before it.</summary>
    public ReadOnlyMemory<byte> Bytes => _rented.AsMemory(0, length);

    /// <summary>Null when the body is complete.</summary>
    public Fault? Fault => fault;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { Length: > 0 } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
