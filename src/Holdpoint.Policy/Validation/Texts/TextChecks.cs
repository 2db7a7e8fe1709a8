using System.Buffers;
using System.Globalization;
using System.Text;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation.Checking;

namespace Holdpoint.Policy.Validation.Texts;

/// <summary>
/// Warns of texts that may not be what they look like: several scripts in one word, marks that turn the direction of text, characters
/// that are not meant for names (UTS 39). Policies are reviewed by people.
/// </summary>
internal static class TextChecks
{
    // The explicit embeddings, overrides and isolates of UAX 9, and their ends; as in the Rust compiler's own check.
    private static readonly SearchValues<char> DirectionMarks = SearchValues.Create(
        "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    private static readonly Lazy<CodePointRanges> Unprintable = new(() => CodePointRanges.Read("unicode-unprintable.txt"));

    /// <summary>Checks every string, name and entity id of a condition in core form.</summary>
    public static void Check(Expr condition, Findings findings)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            var span = part.Span;
            switch (part)
            {
                case LiteralExpr { Value: StringValue { Value: var text } }:
                    CheckText(text, span, findings);
                    break;
                case LiteralExpr { Value: EntityValue { Uid: var uid } }:
                    // Type names are ASCII by their grammar; ids are any text.
                    CheckName(uid.Id, span, findings);
                    break;
                case GetAttributeExpr(_, var name):
                    CheckName(name, span, findings);
                    break;
                case HasExpr(_, [var name]):
                    CheckName(name, span, findings);
                    break;
                case LikeExpr(_, var pattern):
                    CheckText(Shown(pattern), span, findings);
                    break;
                case RecordExpr(var fields):
                    foreach (var field in fields)
                    {
                        CheckName(field.Name, span, findings);
                    }

                    break;
            }
        }
    }

    private static void CheckText(string text, SourceSpan span, Findings findings)
    {
        if (text.AsSpan().ContainsAny(DirectionMarks))
        {
            findings.Add(
                ValidationCode.BidirectionalText, span, "this string has invisible marks that turn the direction of text", "remove them");
        }
        else if (!Scripts.IsSingleScript(text))
        {
            findings.Add(ValidationCode.MixedScriptText, span, "this string mixes letters of several scripts, which can look alike");
        }
    }

    private static void CheckName(string name, SourceSpan span, Findings findings)
    {
        if (name.AsSpan().ContainsAny(DirectionMarks))
        {
            findings.Add(
                ValidationCode.BidirectionalName, span, "this name has invisible marks that turn the direction of text", "remove them");
            return;
        }

        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value is < ' ' or > '~' && !Identifiers.MayHold(rune))
            {
                var code = rune.Value.ToString("X4", CultureInfo.InvariantCulture);
                findings.Add(ValidationCode.ConfusableName, span, $"this name has the character U+{code}, which is not meant for names");
                return;
            }
        }

        if (!Scripts.IsSingleScript(name))
        {
            findings.Add(ValidationCode.MixedScriptName, span, "this name mixes letters of several scripts, which can look alike");
        }
    }

    /// <summary>
    /// A pattern as the reference looks at it: in its printed form, where what cannot be printed and every combining mark is an escape,
    /// and so has a Latin letter.
    /// </summary>
    private static string Shown(Pattern pattern)
    {
        var shown = new StringBuilder();
        foreach (var rune in string.Concat(pattern.Segments).EnumerateRunes())
        {
            var isEscaped = rune.Value is < ' ' or > '~' && (Scripts.Of(rune) is null || Unprintable.Value.Find(rune.Value) is not null);
            shown.Append(isEscaped ? "u" : rune.ToString());
        }

        return shown.ToString();
    }
}
