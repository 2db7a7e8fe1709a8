namespace Holdpoint.Wire;

/// <summary>
/// A value that only the provider can read, or that makes it look up what it keeps: sealed reasoning, a signature, the id of a kept item.
/// Nothing can screen what such a value stands for.
/// </summary>
/// <param name="Path">RFC 6901 JSON Pointer to the value; in a stream, the place that it would have in a whole answer.</param>
/// <param name="Value">The decoded UTF-8 of the string. Often a slice of the body: valid only while the call is handled.</param>
public readonly record struct OpaqueValue(string Path, ReadOnlyMemory<byte> Value);
