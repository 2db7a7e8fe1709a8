using System.Buffers;
using System.Globalization;
using System.Text;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Encodings;

/// <summary>
/// Decodes one base64 run from its <paramref name="skip"/>th char on, and scans the stretches of it that are plausible text.
/// </summary>
internal sealed class Base64Phase(int skip, Func<TextLayer> createLayer)
{
    /// <summary>
    /// The minimum length of a plausible stretch, in decoded bytes. Of random bytes, one stretch in some thousands is as long.
    /// </summary>
    private const int MinBytes = 8;

    private readonly byte[] _bytes = new byte[4];
    private readonly int[] _starts = new int[4];
    private readonly Scalar[] _stretch = new Scalar[MinBytes];
    private TextLayer? _layer;
    private bool _isOpen;
    private int _seen;
    private int _bits;
    private int _carriedFrom;
    private int _byteCount;
    private int _stretchCount;
    private int _stretchBytes;

    /// <summary>The raw offset from which the run may still turn out to be text, or <see cref="int.MaxValue"/>.</summary>
    public int HoldFrom
    {
        get
        {
            var from = _seen <= skip ? int.MaxValue : _byteCount > 0 ? _starts[0] : _carriedFrom;
            from = _stretchCount > 0 && !_isOpen ? Math.Min(from, _stretch[0].Start) : from;
            return _isOpen ? Math.Min(from, _layer!.HoldFrom) : from;
        }
    }

    public void Push(int value, int start, int end)
    {
        var place = _seen++ - skip;
        if (place < 0)
        {
            return;
        }

        _bits = ((_bits << 6) | value) & 0xFFFF;
        if ((place & 3) != 0)
        {
            // The first char of a group completes no byte, each of the other three does.
            PushByte((byte)(_bits >> (6 - (2 * (place & 3)))), _carriedFrom, end);
        }

        _carriedFrom = start;
    }

    /// <summary>Ends a group that was encoded by itself, as a word of the text: the next begins anew.</summary>
    public void EndGroup(int at)
    {
        if (_seen > 0)
        {
            _seen = 0;
            _byteCount = 0;
            PushScalar(new(' ', at, at), bytes: 1);
        }
    }

    /// <summary>Ends the run, and prepares for the next.</summary>
    public void Complete()
    {
        Cut();
        _seen = 0;
        _bits = 0;
        _byteCount = 0;
    }

    private void PushByte(byte value, int start, int end)
    {
        if (_byteCount == 0 && value < 0x80)
        {
            PushScalar(new(value, start, end), bytes: 1); // most bytes, and by far the cheapest to read
            return;
        }

        _bytes[_byteCount] = value;
        _starts[_byteCount++] = start;
        switch (Rune.DecodeFromUtf8(_bytes.AsSpan(0, _byteCount), out var rune, out _))
        {
            case OperationStatus.Done:
                var bytes = _byteCount;
                _byteCount = 0;
                PushScalar(new(EscapeLetters.IsMark(rune.Value) ? 0xFFFD : rune.Value, _starts[0], end), bytes);
                break;
            case OperationStatus.InvalidData:
                // The byte that broke a sequence may itself begin the next stretch.
                var again = _byteCount > 1;
                _byteCount = 0;
                Cut();
                if (again)
                {
                    PushByte(value, start, end);
                }

                break;
        }
    }

    private void PushScalar(Scalar scalar, int bytes)
    {
        if (!IsPlausible(scalar.CodePoint))
        {
            Cut();
            return;
        }

        if (_isOpen)
        {
            _layer!.Push(scalar);
            _layer.Scan();
            return;
        }

        _stretch[_stretchCount++] = scalar;
        _stretchBytes += bytes;
        if (_stretchBytes >= MinBytes)
        {
            _layer ??= createLayer();
            _isOpen = true;
            foreach (var held in _stretch.AsSpan(0, _stretchCount))
            {
                _layer.Push(held);
            }

            _layer.Scan();
        }
    }

    private void Cut()
    {
        if (_isOpen)
        {
            _layer!.Complete();
        }

        _isOpen = false;
        _stretchCount = 0;
        _stretchBytes = 0;
    }

    // NUL is let through, and later dropped: UTF-16 text of Latin letters is UTF-8 with a NUL after each.
    private static bool IsPlausible(int codePoint) => codePoint is >= 0x20 and < 0x7F or 0 or '\t' or '\n' or '\r' or '\f' or '\v'
        || (codePoint >= 0xA0 && codePoint != 0xFFFD
            && CharUnicodeInfo.GetUnicodeCategory(codePoint) is not (UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse));
}
