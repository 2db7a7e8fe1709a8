using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Holdpoint.Gateway.Holds;

/// <summary>
/// The name of a hold: <c>hold_</c> and 32 lower-case hex digits, 128 random bits, so that nobody guesses one. Knowing it gives nothing
/// by itself. <c>default</c> names nothing.
/// </summary>
internal readonly record struct HoldId
{
    private const string Prefix = "hold_";
    private const int RandomBytes = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? _text;

    private HoldId(string text) => _text = text;

    public static HoldId Create() => new(Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <summary>Reads what <see cref="ToString"/> writes, and nothing else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out HoldId id)
    {
        var isId = text?.Length == Prefix.Length + (2 * RandomBytes)
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && !text.AsSpan(Prefix.Length).ContainsAnyExcept(HexDigits);
        id = isId ? new(text!) : default;
        return isId;
    }

    public override string ToString() => _text ?? "";
}
