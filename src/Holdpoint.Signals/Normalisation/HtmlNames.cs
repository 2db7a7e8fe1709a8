using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Holdpoint.Signals.Normalisation;

/// <summary>
/// Named character references of HTML (WHATWG, section 13.5): those of HTML 4, which .NET knows, and of HTML 5's those for letters, digits,
/// ASCII, spaces and what nobody sees. HTML 5's other names stand for signs.
/// </summary>
internal static class HtmlNames
{
    /// <summary>The maximum length of a name that is looked up, in characters: NegativeVeryThinSpace has 21.</summary>
    public const int MaxChars = 22;

    // A row is the text of one character and its names.
    private static readonly FrozenDictionary<string, int> Html5 = Read(
    [
        "\t Tab", "\n NewLine", "! excl", "\" QUOT", "# num", "$ dollar", "% percnt", "& AMP", "( lpar", ") rpar", "* ast midast", "+ plus",
        ", comma", ". period", "/ sol", ": colon", "; semi", "< LT", "= equals", "> GT", "? quest", "@ commat", "[ lsqb lbrack", "\\ bsol",
        "] rsqb rbrack", "^ Hat", "_ lowbar UnderBar", "` grave DiacriticalGrave", "{ lcub lbrace", "| verbar vert VerticalLine",
        "} rcub rbrace", "- hyphen dash", "\u00A9 COPY", "\u00AE REG circledR", "\u00A0 NonBreakingSpace", "\u2004 emsp13",
        "\u2005 emsp14", "\u2007 numsp", "\u2008 puncsp", "\u2009 ThinSpace", "\u200A hairsp VeryThinSpace", "\u205F MediumSpace",
        "\u200B ZeroWidthSpace NegativeVeryThinSpace NegativeThinSpace NegativeMediumSpace NegativeThickSpace",
        "\u2060 NoBreak", "\u2061 ApplyFunction af", "\u2062 InvisibleTimes it", "\u2063 InvisibleComma ic",
        "\u20DB tdot TripleDot", "\u20DC DotDot", "\u0311 DownBreve",
        "b bernou Bernoullis", "c complexes Copf Cayleys", "d dd DifferentialD DD CapitalDifferentialD", "e ee ExponentialE exponentiale",
        "E expectation", "F Fouriertrf", "g gimel", "h planck planckh planckv hbar hslash quaternions hamilt HilbertSpace Poincareplane",
        "i ii ImaginaryI imath inodot imagline image imagpart Im ImaginaryPart", "j jmath", "k kgreen", "l ell lagran Laplacetrf",
        "m phmmat Mellintrf", "n eng ENG napos naturals", "o order orderof oS circledS", "p primes wp weierp", "q rationals",
        "r reals real realpart Re realine", "z integers Zeetrf zeetrf",
        "\uFB00 fflig", "\uFB01 filig", "\uFB02 fllig", "\uFB03 ffilig", "\uFB04 ffllig", "\u0132 IJlig", "\u0133 ijlig",
        "\u212B angst", "\u2116 numero", "\u25CB cir", "\u25EF bigcirc xcirc", "\u2218 compfn SmallCircle", "\u2223 mid smid shortmid",
        "\u2228 vee", "\u2229 xcap", "\u03B5 epsi epsilon", "\u03F5 epsiv varepsilon straightepsilon", "\u03C5 upsi", "\u03D2 Upsi upsih",
        "\u03BA kappav varkappa", "\u03C1 rhov varrho", "\u03C2 sigmav varsigma", "\u03C6 phiv varphi straightphi",
        "\u03B8 thetav vartheta",
        "\u2153 frac13", "\u2154 frac23", "\u2155 frac15", "\u2156 frac25", "\u2157 frac35", "\u2158 frac45", "\u2159 frac16",
        "\u215A frac56", "\u215B frac18", "\u215C frac38", "\u215D frac58", "\u215E frac78", "\u00BD half",
        "\u0430 acy Acy", "\u0431 bcy Bcy", "\u0432 vcy Vcy", "\u0433 gcy Gcy", "\u0434 dcy Dcy", "\u0435 iecy IEcy", "\u0436 zhcy ZHcy",
        "\u0437 zcy Zcy", "\u0438 icy Icy", "\u0439 jcy Jcy", "\u043A kcy Kcy", "\u043B lcy Lcy", "\u043C mcy Mcy", "\u043D ncy Ncy",
        "\u043E ocy Ocy", "\u043F pcy Pcy", "\u0440 rcy Rcy", "\u0441 scy Scy", "\u0442 tcy Tcy", "\u0443 ucy Ucy", "\u0444 fcy Fcy",
        "\u0445 khcy KHcy", "\u0446 tscy TScy", "\u0447 chcy CHcy", "\u0448 shcy SHcy", "\u0449 shchcy SHCHcy", "\u044A hardcy HARDcy",
        "\u044B ycy Ycy", "\u044C softcy SOFTcy", "\u044D ecy Ecy", "\u044E yucy YUcy", "\u044F yacy YAcy", "\u0451 iocy IOcy",
        "\u0452 djcy DJcy", "\u0453 gjcy GJcy", "\u0454 jukcy Jukcy", "\u0455 dscy DScy", "\u0456 iukcy Iukcy", "\u0457 yicy YIcy",
        "\u0458 jsercy Jsercy", "\u0459 ljcy LJcy", "\u045A njcy NJcy", "\u045B tshcy TSHcy", "\u045C kjcy KJcy", "\u045E ubrcy Ubrcy",
        "\u045F dzcy DZcy",
    ]);

    // A letter and one of these is that letter, in an alphabet of mathematics or with a mark, which folding would take off anyway.
    private static readonly string[] Suffixes =
    [
        "fr", "scr", "opf", "acute", "grave", "circ", "tilde", "uml", "macr", "breve", "ogon", "caron", "cedil", "dot", "strok", "ring",
        "dblac", "midot",
    ];

    // HTML lets the semicolon be missing behind the names of Latin-1, which are older than the rule.
    private static readonly FrozenSet<string> Oldest =
        ("AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute Icirc Igrave Iuml LT Ntilde "
        + "Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc acute aelig agrave amp aring "
        + "atilde auml brvbar ccedil cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt iacute icirc "
        + "iexcl igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ograve ordf ordm oslash otilde ouml para "
        + "plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute ucirc ugrave uml uuml yacute yen yuml")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly int LongestOldest = Oldest.Max(static name => name.Length);

    /// <summary>The scalar that a name stands for, or -1.</summary>
    public static int ScalarOf(ReadOnlySpan<char> name)
    {
        if (Html5.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var scalar))
        {
            return scalar;
        }

        var reference = $"&{name};";
        var decoded = WebUtility.HtmlDecode(reference);
        if (decoded.Length < reference.Length && Rune.TryGetRuneAt(decoded, 0, out var rune))
        {
            return rune.Value;
        }

        return name.Length > 1 && char.IsAsciiLetter(name[0]) && Array.IndexOf(Suffixes, name[1..].ToString()) >= 0 ? name[0] : -1;
    }

    /// <summary>The scalar of the longest name at the front of a text that needs no semicolon, or -1.</summary>
    public static int ScalarAtFront(ReadOnlySpan<char> text, out int length)
    {
        var names = Oldest.GetAlternateLookup<ReadOnlySpan<char>>();
        for (length = Math.Min(text.Length, LongestOldest); length > 1; length--)
        {
            if (names.Contains(text[..length]))
            {
                return ScalarOf(text[..length]);
            }
        }

        return -1;
    }

    private static FrozenDictionary<string, int> Read(string[] rows)
    {
        Dictionary<string, int> scalars = [];
        foreach (var row in rows)
        {
            foreach (var name in row[2..].Split(' '))
            {
                scalars.Add(name, row[0]);
            }
        }

        return scalars.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
