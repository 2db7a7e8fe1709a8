using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Holdpoint.Signals.Phrases;

/// <summary>
/// Finds the next place at which a phrase can begin: a letter that begins a word, opens a phrase, and is not followed by a letter with
/// which no phrase goes on; or a char beyond ASCII, of which nothing is said here. Sixteen chars at a time, since that is most of most
/// texts.
/// </summary>
/// <remarks>Immutable; thread-safe.</remarks>
internal sealed class WordStarts
{
    private const int Ascii = 128;
    private readonly bool[] _opens = new bool[Ascii];

    // By first char: the second chars with which a phrase goes on, a bit each.
    private readonly UInt128[] _continues = new UInt128[Ascii];

    // A char's class is a bit: its low four bits name a byte, its high four bits a bit in it.
    private readonly Vector128<byte> _openers;

    /// <summary>Makes the search for some phrases.</summary>
    /// <param name="opens">Whether a phrase can begin with an ASCII letter or digit.</param>
    /// <param name="continues">Whether a phrase that begins with the first ASCII letter or digit can go on with the second.</param>
    public WordStarts(Func<char, bool> opens, Func<char, char, bool> continues)
    {
        for (var first = '\0'; first < Ascii; first++)
        {
            _opens[first] = char.IsAsciiLetterOrDigit(first) && opens(first);
            for (var second = '\0'; _opens[first] && second < Ascii; second++)
            {
                // What is not a letter stands between two letters of a phrase, so after it anything can come.
                var isPossible = !char.IsAsciiLetterOrDigit(second) || continues(first, second);
                _continues[first] |= isPossible ? UInt128.One << second : UInt128.Zero;
            }
        }

        _openers = BitsOf(c => _opens[c]);
    }

    private static Vector128<byte> Words { get; } = BitsOf(char.IsAsciiLetterOrDigit);

    private static Vector128<byte> HighBits { get; } =
        Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The index of the first place at which a phrase can begin, or of the first char beyond ASCII; -1 without one.</summary>
    /// <param name="text">Folded text.</param>
    /// <param name="atBoundary">Whether the first char is at the beginning of a word, where it is of a word.</param>
    public int IndexOf(ReadOnlySpan<char> text, bool atBoundary)
    {
        var index = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            ref var chars = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
            for (; index <= text.Length - Vector128<byte>.Count; index += Vector128<byte>.Count)
            {
                var bytes = Vector128.NarrowWithSaturation(
                    Vector128.LoadUnsafe(ref chars, (nuint)index),
                    Vector128.LoadUnsafe(ref chars, (nuint)(index + Vector128<ushort>.Count)));
                var high = Vector128.Shuffle(HighBits, bytes >>> 4);
                var low = bytes & Vector128.Create((byte)0x0F);
                var words = ~Vector128.Equals(Vector128.Shuffle(Words, low) & high, Vector128<byte>.Zero).ExtractMostSignificantBits();
                var openers = ~Vector128.Equals(Vector128.Shuffle(_openers, low) & high, Vector128<byte>.Zero).ExtractMostSignificantBits();
                var starts = (openers & ~((words << 1) | (atBoundary ? 0u : 1u))) & 0xFFFF;
                for (var found = starts | bytes.ExtractMostSignificantBits(); found != 0; found &= found - 1)
                {
                    var place = index + BitOperations.TrailingZeroCount(found);
                    if (IsPossible(text, place))
                    {
                        return place;
                    }
                }

                atBoundary = (words & 0x8000) == 0;
            }
        }

        for (; index < text.Length; index++)
        {
            var c = text[index];
            if (c >= Ascii || (atBoundary && _opens[c] && IsPossible(text, index)))
            {
                return index;
            }

            atBoundary = !char.IsAsciiLetterOrDigit(c);
        }

        return -1;
    }

    private bool IsPossible(ReadOnlySpan<char> text, int place)
    {
        var first = text[place];
        return first >= Ascii || place + 1 == text.Length || text[place + 1] >= Ascii
            || ((_continues[first] >> text[place + 1]) & UInt128.One) != UInt128.Zero;
    }

    private static Vector128<byte> BitsOf(Func<char, bool> isMember)
    {
        Span<byte> bits = stackalloc byte[16];
        for (var c = '\0'; c < Ascii; c++)
        {
            bits[c & 0x0F] |= (byte)(isMember(c) ? 1 << (c >> 4) : 0);
        }

        return Vector128.Create(bits);
    }
}
