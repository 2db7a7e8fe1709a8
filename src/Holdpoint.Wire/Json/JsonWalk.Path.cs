using System.Runtime.CompilerServices;
using System.Text;

namespace Holdpoint.Wire.Json;

internal ref partial struct JsonWalk
{
    /// <summary>
    /// The maximum number of bytes of a client-chosen name in a path. Paths are shown and kept, and text can hide in a name. The longest
    /// name of the wire formats has 24 bytes.
    /// </summary>
    private const int MaxNameBytes = 64;

    /// <summary>The RFC 6901 pointer to the current token.</summary>
    public readonly string Path()
    {
        var path = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[256]);
        foreach (var step in _steps.AsSpan(0, _depth))
        {
            path.AppendLiteral("/");
            if (step.Start < 0)
            {
                path.AppendFormatted(step.Length);
            }
            else
            {
                AppendName(ref path, _body.Span.Slice(step.Start, step.Length), step.Escaped);
            }
        }

        return path.ToStringAndClear();
    }

    /// <summary>The name of the current field, as a step of a path.</summary>
    public readonly string LastName()
    {
        var path = Path();
        return path[(path.LastIndexOf('/') + 1)..];
    }

    private static void AppendName(ref DefaultInterpolatedStringHandler path, ReadOnlySpan<byte> name, bool escaped)
    {
        Span<char> chars = stackalloc char[MaxNameBytes];
        if (name.Length <= MaxNameBytes && !escaped && !name.ContainsAny("~/"u8) && Encoding.UTF8.TryGetChars(name, chars, out var written))
        {
            path.AppendFormatted(chars[..written]);
            return;
        }

        var decoded = new byte[name.Length];
        var length = escaped && EscapedText.TryDecode(name, decoded, out var count) ? count : CopyOf(name, decoded);
        var isCut = length > MaxNameBytes;

        // A cut in the middle of a character leaves half of it behind.
        var text = Encoding.UTF8.GetString(decoded, 0, isCut ? MaxNameBytes : length).TrimEnd('\uFFFD');
        foreach (var c in text)
        {
            path.AppendFormatted(c switch
            {
                '~' => "~0",
                '/' => "~1",
                < ' ' or '\x7f' => $"\\u{(int)c:x4}",   // a path is printed: no line may end in it
                _ => c.ToString(),
            });
        }

        path.AppendLiteral(isCut ? "…" : "");
    }

    private static int CopyOf(ReadOnlySpan<byte> name, Span<byte> target)
    {
        name.CopyTo(target);
        return name.Length;
    }
}
