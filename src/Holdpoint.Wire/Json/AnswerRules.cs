using System.Buffers;
using System.Text.Json;

namespace Holdpoint.Wire.Json;

/// <summary>
/// Any JSON of an answer: all its strings, one to a line, as one part. An answer may have unknown fields, whose content is released only
/// after screening; so may their names.
/// </summary>
/// <param name="names">The names in the value that are read as text too.</param>
internal sealed class StringsRule(ReadNames names) : Rule
{
    /// <summary>The rule for unknown fields.</summary>
    public static StringsRule Unknown { get; } = new(ReadNames.All);

    /// <summary>The rule for fields whose names are the API's own.</summary>
    public static StringsRule Known { get; } = new(ReadNames.Strange);

    public override bool Read(ref JsonWalk walk)
    {
        switch (walk.Token)
        {
            case JsonTokenType.String:
                return walk.AddText();

            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var strings = new ArrayBufferWriter<byte>();
                return walk.Gather(strings, names) && walk.Add(PartKind.Text, strings.WrittenMemory);

            default:
                return !walk.IsLongNumber || walk.Add(PartKind.Text, walk.NumberText());
        }
    }
}

/// <summary>
/// Any JSON of an answer that should only repeat the request: strings that the request has are left out, every other string is screened
/// like one of an unknown field.
/// </summary>
internal sealed class RepeatedRule : Rule
{
    public static RepeatedRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token is not (JsonTokenType.String or JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return StringsRule.Unknown.Read(ref walk);
        }

        var strings = new ArrayBufferWriter<byte>();
        return walk.Gather(strings, ReadNames.All, walk.Harvest.Sent) && walk.Add(PartKind.Text, strings.WrittenMemory);
    }
}

/// <summary>Any value, whose content is not read: for values that another part of the rule reads.</summary>
internal sealed class CheckedRule : Rule
{
    public static CheckedRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) => walk.Check(out _);
}

/// <summary>
/// A token that the provider sets, such as an id. A plain one (<see cref="PlainTokens"/>) says nothing; any other is read as text, and any
/// other value in its place is screened like an unknown field.
/// </summary>
internal sealed class TokenRule : Rule
{
    public static TokenRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) => walk.Token == JsonTokenType.String
        ? walk.TryText(out var text) && walk.AddMark(text.Span)
        : StringsRule.Unknown.Read(ref walk);
}

/// <summary>The model that answered: the one that the request names, which the configuration knows, or a token.</summary>
internal sealed class AnswerModelRule : Rule
{
    public static AnswerModelRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) =>
        (walk.Token == JsonTokenType.String && walk.Harvest.AskedModel is { } asked
            && walk.TryText(out var text) && text.Span.SequenceEqual(asked))
        || (walk.Fault is null && TokenRule.Shared.Read(ref walk));
}

/// <summary>A word that the API documents; any other is read as text, and any other value like an unknown field.</summary>
internal sealed class WordRule(params string[] words) : Rule
{
    private readonly NameTable _words = new(words);

    public override bool Read(ref JsonWalk walk) => walk.Token == JsonTokenType.String
        ? walk.TryText(out var text) && (_words.Contains(text.Span) || walk.AddMark(text.Span))
        : StringsRule.Unknown.Read(ref walk);
}

/// <summary>
/// Random padding that the provider adds to an event, so that nobody can tell a token by its length. Short letters and digits in disorder
/// say nothing, even decoded; anything else is read as text.
/// </summary>
internal sealed class PaddingRule : Rule
{
    // Of OpenAI's padding the longest seen has 16.
    private const int MaxBytes = 16;

    // Less than a word has.
    private const int MaxOrderly = 4;

    public static PaddingRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) => walk.Token == JsonTokenType.String
        ? walk.TryText(out var text) && (IsRandom(text.Span) || walk.Add(PartKind.Text, text))
        : StringsRule.Unknown.Read(ref walk);

    /// <summary>Of two random letters or digits in a row, three fifths are of different classes; in words next to none are.</summary>
    private static bool IsRandom(ReadOnlySpan<byte> text)
    {
        var changes = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit((char)text[i]))
            {
                return false;
            }

            changes += i > 0 && ClassOf(text[i]) != ClassOf(text[i - 1]) ? 1 : 0;
        }

        return text.Length <= MaxOrderly || (text.Length <= MaxBytes && changes * 3 >= text.Length);
    }

    private static int ClassOf(byte letter) => letter switch { <= (byte)'9' => 0, <= (byte)'Z' => 1, _ => 2 };
}
