using System.Text;

namespace Holdpoint.Policy.Validation.Texts;

/// <summary>The General Security Profile for Identifiers (UTS 39, Unicode 16.0): which characters names are made of.</summary>
internal static class Identifiers
{
    private static readonly Lazy<CodePointRanges> Allowed = new(() => CodePointRanges.Read("unicode-identifiers.txt"));

    public static bool MayHold(Rune rune) => Allowed.Value.Find(rune.Value) is not null;
}
