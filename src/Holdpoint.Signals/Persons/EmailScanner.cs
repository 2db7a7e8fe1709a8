using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// E-mail addresses: up to 64 chars before the @ (RFC 5321 section 4.5.3.1.1), a domain of two or more labels after it.
/// Also with <c>[at]</c> or <c>(at)</c> instead of the @, and with spaces around it, where the domain ends in a large or reserved name.
/// </summary>
internal sealed class EmailScanner(RecordStack records)
{
    public const int MaxLocalChars = 64;
    private const int MaxDomainChars = 255;
    private int _start;
    private int _at = -1;
    private int _localEnd;
    private int _domain;
    private bool _isDisguised;

    public bool IsIdle => _at < 0;

    public int HoldFrom(FoldedText text) => text.StartOrMax(IsIdle ? LocalStart(text, text.End) : _start);

    public void Push(FoldedText text, char c, int position)
    {
        if (_at >= 0 && c == ' ' && _isDisguised && position == _domain && position - _at <= 2)
        {
            _domain++; // the space behind it
        }
        else if (_at >= 0 && (!IsDomain(c) || position - _at > MaxDomainChars))
        {
            End(text, position);
        }

        if (c == '@')
        {
            var isSpaced = position > text.Oldest && text[position - 1] == ' ';
            Begin(text, isSpaced ? position - 1 : position, position, isSpaced);
        }
        else if (c is ']' or ')' or '}' && WrittenOut(text, position) is >= 0 and var end)
        {
            Begin(text, end, position, isDisguised: true);
        }
    }

    public void Complete(FoldedText text)
    {
        if (_at >= 0)
        {
            End(text, text.End);
        }
    }

    private void Begin(FoldedText text, int localEnd, int at, bool isDisguised)
    {
        _start = LocalStart(text, localEnd);
        _at = _start < localEnd ? at : -1;
        (_localEnd, _domain, _isDisguised) = (localEnd, at + 1, isDisguised);
    }

    // Where the local part ends before "[at]" or "(at)" that ends here; else -1.
    private static int WrittenOut(FoldedText text, int position)
    {
        var from = position - 1;
        while (from > text.Oldest && position - from < 6 && text[from] is 'a' or 'A' or 't' or 'T' or ' ' or '@')
        {
            from--;
        }

        var word = text.Slice(Math.Max(from + 1, text.Oldest), position).Trim(' ');
        if (from < text.Oldest || text[from] is not ('[' or '(' or '{')
            || !(word is "@" || word.Equals("at", StringComparison.OrdinalIgnoreCase)))
        {
            return -1;
        }

        return from > text.Oldest && text[from - 1] == ' ' ? from - 1 : from;
    }

    private void End(FoldedText text, int end)
    {
        var (from, domainFrom, localEnd) = (_start, _domain, _localEnd);
        _at = -1;
        while (end > domainFrom && text[end - 1] is '.' or '-')
        {
            end--;
        }

        if (end <= domainFrom)
        {
            return;
        }

        var domain = text.Slice(domainFrom, end);
        var dot = domain.LastIndexOf('.');
        if (dot < 1 || domain.Length - dot < 3 || domain[0] is '-' || domain.IndexOf("..") >= 0 || !IsTopLevel(domain[(dot + 1)..])
            || ((records.SeesOnlySeams || _isDisguised) && !IsCommon(domain[(dot + 1)..], mayBeAnyCountry: !_isDisguised)))
        {
            return;
        }

        Span<char> canonical = stackalloc char[MaxLocalChars + 1 + MaxDomainChars];
        var length = text.Slice(from, localEnd).ToLowerInvariant(canonical);
        canonical[length++] = '@';
        length += domain.ToLowerInvariant(canonical[length..]);
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
    // large or reserved name (RFC 2606, section 2). "x @ w.to" multiplies matrices, so beside a spaced @ the country is one of the largest.
    private static bool IsCommon(ReadOnlySpan<char> label, bool mayBeAnyCountry)
    {
        Span<char> lower = stackalloc char[8];
        return (mayBeAnyCountry && label.Length == 2)
            || (label.Length <= lower.Length && label.ToLowerInvariant(lower) is var length && lower[..length] is
            "de" or "uk" or "fr" or "nl" or "it" or "es" or "pl" or "ru" or "cn" or "jp" or "br" or "au" or "ca" or "us" or "eu" or "ch"
            or "se" or "no" or "dk" or "fi" or "com" or "org" or "net" or "edu" or "gov" or "mil" or "int" or "info" or "biz"
            or "name" or "app" or "dev" or "cloud"
            or "online" or "example" or "test" or "invalid" or "local");
    }

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-' or '\'' or '~';

    private static bool IsDomain(char c) => char.IsLetterOrDigit(c) || c is '.' or '-';
}
