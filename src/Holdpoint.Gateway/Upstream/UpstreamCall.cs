using System.Collections.Immutable;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>A request to an upstream. Of the client's request only the body goes on, byte for byte; the headers are our own.</summary>
/// <param name="Endpoint">The path of the wire format, never one that the client wrote.</param>
/// <param name="Body">The client's body. It must stay as it is until the answer is disposed.</param>
/// <param name="Call">What was read of it.</param>
/// <param name="Headers">What the wire format adds to our own headers.</param>
/// <param name="Client">Who asks: failures count against whom they happen to.</param>
internal readonly record struct UpstreamCall(
    string Endpoint, ReadOnlyMemory<byte> Body, Call Call, ImmutableArray<ForwardedHeader> Headers,
    (string Deployment, string Principal) Client);
