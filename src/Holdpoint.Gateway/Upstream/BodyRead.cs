using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>The result of one read of an answer's body: bytes, the end, or a fault.</summary>
/// <param name="Count">Bytes read; 0 at the end and with a fault.</param>
/// <param name="Fault">Why the body cannot be read on; null when it can, or when it ended as it should.</param>
internal readonly record struct BodyRead(int Count, Fault? Fault = null)
{
    /// <summary>Whether the body is complete.</summary>
    public bool IsEnd => Count == 0 && Fault is null;
}
