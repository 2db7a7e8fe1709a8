using System.Buffers;
using System.Text;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals;

/// <summary>
/// The text in characters of one layer that nobody sees but models read, a layer of its own: tag characters (U+E0020 to U+E007E), which are
/// ASCII, and variation selectors, 256 of which make the bytes of a text behind any character.
/// </summary>
internal sealed class HiddenText(Func<TextLayer> createLayer)
{
    private const int FirstTag = 0xE0020;
    private const int LastTag = 0xE007E;
    private readonly byte[] _bytes = new byte[4];
    private TextLayer? _layer;
    private bool _isOpen;
    private bool _afterHidden;
    private int _byteCount;
    private int _bytesFrom;

    /// <summary>The raw offset from which the hidden text may become part of a finding, or <see cref="int.MaxValue"/>.</summary>
    public int HoldFrom => _isOpen ? Math.Min(PendingFrom, _layer!.HoldFrom) : PendingFrom;

    /// <summary>Like <see cref="TextLayer.OpenFrom"/>.</summary>
    public int OpenFrom => _isOpen ? Math.Min(PendingFrom, _layer!.OpenFrom) : PendingFrom;

    /// <summary>Takes a scalar of the layer <paramref name="above"/>, when it is hidden text; that layer is scanned up to it.</summary>
    /// <returns>Whether it was.</returns>
    public bool Take(Scalar scalar, TextLayer above)
    {
        if (scalar.CodePoint is >= FirstTag and <= LastTag)
        {
            Push(scalar with { CodePoint = scalar.CodePoint - 0xE0000 }, above);
            return true;
        }

        // The first 32 are the controls, among them the selectors that emoji and ideographs have in honest text: those begin nothing.
        if (ByteOf(scalar.CodePoint) is not (>= 0 and var value) || (value < 0x20 && !_afterHidden))
        {
            return false;
        }

        if (_byteCount == 0)
        {
            _bytesFrom = scalar.Start;
        }

        _bytes[_byteCount++] = (byte)value;
        switch (Rune.DecodeFromUtf8(_bytes.AsSpan(0, _byteCount), out var rune, out _))
        {
            case OperationStatus.Done:
                _byteCount = 0;
                Push(new(EscapeLetters.IsMark(rune.Value) ? Rune.ReplacementChar.Value : rune.Value, _bytesFrom, scalar.End), above);
                break;
            case OperationStatus.InvalidData:
                _byteCount = 0;
                break;
        }

        return true;
    }

    /// <summary>Visible text at the raw offset <paramref name="at"/> ends a word of the hidden text before it.</summary>
    public void EndWord(int at, TextLayer above)
    {
        _byteCount = 0;
        if (_afterHidden)
        {
            Push(new(' ', at, at), above);
            _afterHidden = false;
        }
    }

    /// <summary>Ends the text, and prepares for the next.</summary>
    public void Complete()
    {
        if (_isOpen)
        {
            _layer!.Complete();
        }

        _isOpen = false;
        _afterHidden = false;
        _byteCount = 0;
    }

    private int PendingFrom => _byteCount > 0 ? _bytesFrom : int.MaxValue;

    private static int ByteOf(int codePoint) => codePoint switch
    {
        >= 0xFE00 and <= 0xFE0F => codePoint - 0xFE00,
        >= 0xE0100 and <= 0xE01EF => codePoint - 0xE0100 + 16,
        _ => -1,
    };

    private void Push(Scalar scalar, TextLayer above)
    {
        above.Scan();
        _layer ??= createLayer();
        (_isOpen, _afterHidden) = (true, true);
        _layer.Push(scalar);
        _layer.Scan();
    }
}
