using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Holdpoint.Signals.Normalisation;

/// <summary>
/// Named character references of HTML: those of HTML 4 that .NET knows, and HTML 5's names for ASCII and for invisible characters.
/// </summary>
internal static class HtmlNames
{
    /// <summary>The maximum length of a name that is looked up, in characters.</summary>
    public const int MaxChars = 16;

    private static readonly FrozenDictionary<string, int> Html5 = new Dictionary<string, int>
    {
        ["Tab"] = '\t', ["NewLine"] = '\n', ["excl"] = '!', ["QUOT"] = '"',
        ["num"] = '#', ["dollar"] = '$', ["percnt"] = '%', ["AMP"] = '&',
        ["lpar"] = '(', ["rpar"] = ')', ["ast"] = '*', ["midast"] = '*', ["plus"] = '+', ["comma"] = ',', ["period"] = '.', ["sol"] = '/',
        ["colon"] = ':', ["semi"] = ';', ["LT"] = '<', ["equals"] = '=', ["GT"] = '>', ["quest"] = '?', ["commat"] = '@', ["lsqb"] = '[',
        ["lbrack"] = '[', ["bsol"] = '\\', ["rsqb"] = ']', ["rbrack"] = ']', ["Hat"] = '^', ["lowbar"] = '_', ["UnderBar"] = '_',
        ["grave"] = '`', ["lcub"] = '{', ["lbrace"] = '{', ["verbar"] = '|', ["vert"] = '|', ["VerticalLine"] = '|', ["rcub"] = '}',
        ["rbrace"] = '}', ["hyphen"] = '-', ["dash"] = '-', ["ZeroWidthSpace"] = 0x200B,
        ["NoBreak"] = 0x2060, ["ic"] = 0x2063, ["it"] = 0x2062,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The scalar that a name stands for, or -1.</summary>
    public static int ScalarOf(ReadOnlySpan<char> name)
    {
        if (Html5.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var scalar))
        {
            return scalar;
        }

        var reference = $"&{name};";
        var decoded = WebUtility.HtmlDecode(reference);
        return decoded.Length < reference.Length && Rune.TryGetRuneAt(decoded, 0, out var rune) ? rune.Value : -1;
    }
}
