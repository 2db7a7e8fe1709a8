using System.Diagnostics.CodeAnalysis;

namespace Holdpoint.Log.Json;

/// <summary>
/// The JSON Canonicalization Scheme, RFC 8785: one byte sequence per JSON value, so that a hash of it means the value. Pure, thread-safe.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Deepest nesting that is read: 64, the default of System.Text.Json; it also bounds the stack.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// The canonical form of a JSON text. Not accepted, as I-JSON (RFC 7493) asks: invalid UTF-8, a byte order mark, two members of one
    /// name, half of a surrogate pair, numbers beyond a double; nor comments, trailing commas and nesting past <see cref="MaxDepth"/>.
    /// Integers past 2^53 lose digits, for RFC 8785 takes numbers as doubles. The caller bounds the length.
    /// </summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="canonical">The canonical bytes.</param>
    /// <param name="fault">What is wrong; holds nothing of the input.</param>
    public static bool TryCanonicalize(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out byte[]? canonical, [NotNullWhen(false)] out string? fault)
    {
        using var canonicalizer = new Canonicalizer(json, integersOnly: false);
        fault = canonicalizer.Run();
        canonical = fault is null ? canonicalizer.Written.ToArray() : null;
        return canonical is not null;
    }

    /// <summary>As <see cref="TryCanonicalize"/>, for a text that is known to be good.</summary>
    /// <exception cref="FormatException">The text has no canonical form; the message says why and holds nothing of it.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> json) =>
        TryCanonicalize(json, out var canonical, out var fault)
            ? canonical
            : throw new FormatException("The JSON has no canonical form: " + fault);
}
