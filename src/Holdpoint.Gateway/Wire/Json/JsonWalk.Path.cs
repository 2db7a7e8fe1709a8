using System.Runtime.CompilerServices;
using System.Text;

namespace Holdpoint.Gateway.Wire.Json;

internal ref partial struct JsonWalk
{
    /// <summary>
    /// How much of a name that the client made up is put into a path, in bytes. Paths are shown and kept, and a name is a place to hide text.
    /// The longest name of the wire formats has 24.
    /// </summary>
    private const int MaxNameBytes = 64;

    /// <summary>The RFC 6901 pointer to where the walk stands.</summary>
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

    private static void AppendName(ref DefaultInterpolatedStringHandler path, ReadOnlySpan<byte> name, bool escaped)
    {
        Span<char> chars = stackalloc char[MaxNameBytes];
        if (name.Length <= MaxNameBytes && !escaped && !name.ContainsAny("~/"u8) && Encoding.UTF8.TryGetChars(name, chars, out var written))
        {
            path.AppendFormatted(chars[..written]);
            return;
        }

        // A name with escapes is shown as it stands in the body, for its decoded form may hold control characters.
        var text = Encoding.UTF8.GetString(name[..Math.Min(name.Length, MaxNameBytes)]).Replace("\uFFFD", "", StringComparison.Ordinal);
        path.AppendLiteral(text.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        if (name.Length > MaxNameBytes)
        {
            path.AppendLiteral("…");
        }
    }
}
