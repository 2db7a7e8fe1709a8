using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>E-mail addresses: up to 64 chars before the @ (RFC 5321 section 4.5.3.1.1), a domain of two or more labels after it.</summary>
internal sealed class EmailScanner(RecordStack records)
{
    public const int MaxLocalChars = 64;
    private const int MaxDomainChars = 255;
    private int _start;
    private int _at = -1;

    public bool IsIdle => _at < 0;

    public int HoldFrom(FoldedText text) => text.StartOrMax(IsIdle ? LocalStart(text, text.End) : _start);

    public void Push(FoldedText text, char c, int position)
    {
        if (_at >= 0 && (!IsDomain(c) || position - _at > MaxDomainChars))
        {
            End(text, position);
        }

        if (c == '@')
        {
            _start = LocalStart(text, position);
            _at = _start < position ? position : -1;
        }
    }

    public void Complete(FoldedText text)
    {
        if (_at >= 0)
        {
            End(text, text.End);
        }
    }

    private void End(FoldedText text, int end)
    {
        var (from, at) = (_start, _at);
        _at = -1;
        while (end > at + 1 && text[end - 1] is '.' or '-')
        {
            end--;
        }

        var domain = text.Slice(at + 1, end);
        var dot = domain.LastIndexOf('.');
        if (dot < 1 || domain.Length - dot < 3 || domain[0] is '-' || domain.IndexOf("..") >= 0 || !IsTopLevel(domain[(dot + 1)..])
            || (records.SeesOnlySeams && !IsCommon(domain[(dot + 1)..])))
        {
            return;
        }

        Span<char> canonical = stackalloc char[MaxLocalChars + 1 + MaxDomainChars];
        var length = text.Slice(from, end).ToLowerInvariant(canonical);
        records.Add(IdentifierKind.Email, canonical[..length], text.RangeOf(from, end));
    }

    private static int LocalStart(FoldedText text, int at)
    {
        var from = at;
        while (from > text.Oldest && at - from < MaxLocalChars && IsLocal(text[from - 1]))
        {
            from--;
        }

        while (from < at && text[from] is '.' or '\'' or '-' or '+' or '%' or '~')
        {
            from++;
        }

        return from;
    }

    private static bool IsTopLevel(ReadOnlySpan<char> label)
    {
        foreach (var c in label)
        {
            // An internationalised top-level domain also comes as "xn--…".
            if (!char.IsLetter(c) && !label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    // "OK" before "@alice.smith" is no address. Over a seam, only what most addresses end in makes one: a country's two letters, or a
    // large or reserved name (RFC 2606, section 2).
    private static bool IsCommon(ReadOnlySpan<char> label)
    {
        Span<char> lower = stackalloc char[8];
        return label.Length == 2 || (label.Length <= lower.Length && label.ToLowerInvariant(lower) is var length && lower[..length] is
            "com" or "org" or "net" or "edu" or "gov" or "mil" or "int" or "info" or "biz" or "name" or "app" or "dev" or "cloud"
            or "online" or "example" or "test" or "invalid" or "local");
    }

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-' or '\'' or '~';

    private static bool IsDomain(char c) => char.IsLetterOrDigit(c) || c is '.' or '-';
}
