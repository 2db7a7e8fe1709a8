using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Holdpoint.Wire.Json;

/// <summary>
/// A setting: a number, a truth value, or one of the words that the API documents. Any other string is content, because nothing proves that
/// it is not a sentence.
/// </summary>
internal sealed class SettingRule(params string[] words) : Rule
{
    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];

    public override bool Read(ref JsonWalk walk) => walk.Token switch
    {
        JsonTokenType.StartObject or JsonTokenType.StartArray => walk.FailKind("a single value"),
        JsonTokenType.String => walk.TryText(out var text) && (Knows(text.Span) || walk.Add(PartKind.Text, text)),
        _ => true,
    };

    private bool Knows(ReadOnlySpan<byte> text)
    {
        foreach (var word in _words)
        {
            if (text.SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A word that determines how the rest is read; an unknown word is a fault.</summary>
internal sealed class KindRule(string cause, params string[] words) : Rule
{
    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token != JsonTokenType.String)
        {
            return walk.FailKind("a string");
        }

        if (!walk.TryText(out var text))
        {
            return false;
        }

        foreach (var word in _words)
        {
            if (text.Span.SequenceEqual(word))
            {
                return true;
            }
        }

        return walk.Fail(cause, "has a value that this gateway does not know");
    }
}

/// <summary>Text, or null.</summary>
internal sealed class TextRule : Rule
{
    public static TextRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) => walk.Token switch
    {
        JsonTokenType.String => walk.AddText(),
        JsonTokenType.Null => true,
        _ => walk.FailKind("a string"),
    };
}

/// <summary>An object of one shape, or null.</summary>
internal sealed class ObjectRule(Shape shape) : Rule
{
    public override bool Read(ref JsonWalk walk) => walk.Token == JsonTokenType.Null || walk.ReadObject(shape);
}

/// <summary>An array whose items all have one rule, or null.</summary>
internal sealed class ListRule(Rule item) : Rule
{
    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token != JsonTokenType.StartArray)
        {
            return walk.Token == JsonTokenType.Null || walk.FailKind("an array");
        }

        walk.BeginArray();
        while (walk.NextItem())
        {
            if (!item.Read(ref walk))
            {
                return false;
            }
        }

        return walk.Fault is null;
    }
}

/// <summary>An object whose names the client chooses: a name is content like its value, unless the name is a short number.</summary>
internal sealed class MapRule(Rule value) : Rule
{
    // Token ids, the numbers that name anything in these APIs, have six digits.
    private const int MaxNumberDigits = 6;

    private static readonly Shape AnyName = new(others: TextRule.Shared);

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token != JsonTokenType.StartObject)
        {
            return walk.Token == JsonTokenType.Null || walk.FailKind("an object");
        }

        var fields = walk.BeginObject();
        while (walk.NextField(AnyName, ref fields, out _))
        {
            var name = walk.NameText();
            var isNumber = name.Length <= MaxNumberDigits && !name.Span.ContainsAnyExceptInRange((byte)'0', (byte)'9');
            if (!(isNumber || walk.Add(PartKind.Text, name)) || !value.Read(ref walk))
            {
                return false;
            }
        }

        return walk.Fault is null;
    }
}

/// <summary>A value that is read by its kind: a string, an object or an array; null carries nothing.</summary>
internal sealed class EitherRule(Rule? text = null, Rule? array = null, Rule? thing = null) : Rule
{
    public override bool Read(ref JsonWalk walk) => walk.Token switch
    {
        JsonTokenType.String when text is not null => text.Read(ref walk),
        JsonTokenType.StartArray when array is not null => array.Read(ref walk),
        JsonTokenType.StartObject when thing is not null => thing.Read(ref walk),
        JsonTokenType.Null => true,
        _ => walk.FailKind(string.Join(" or ", Kinds())),
    };

    private IEnumerable<string> Kinds()
    {
        if (text is not null)
        {
            yield return "a string";
        }

        if (array is not null)
        {
            yield return "an array";
        }

        if (thing is not null)
        {
            yield return "an object";
        }
    }
}

/// <summary>
/// Any JSON, as one text part: its own JSON text with the escapes decoded. For schemas and other values without a known shape.
/// </summary>
internal sealed class AnyJsonRule : Rule
{
    public static AnyJsonRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) => walk.Token switch
    {
        JsonTokenType.String => walk.AddText(),
        JsonTokenType.Null or JsonTokenType.True or JsonTokenType.False => true,
        _ => walk.Check(out var raw) && walk.TryReveal(raw, out var text) && walk.Add(PartKind.Text, text),
    };
}

/// <summary>Content that the provider would fetch or has stored. The gateway cannot read it, so it is not sent.</summary>
internal sealed class NotInBodyRule : Rule
{
    public static NotInBodyRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) =>
        walk.Token == JsonTokenType.Null || walk.Fail(WireCause.ContentNotInBody, "refers to content that is not in the body");
}

/// <summary>
/// Any JSON of an answer: all its strings, one to a line, as one part. An answer may have unknown fields, whose content is released only
/// after screening.
/// </summary>
internal sealed class StringsRule(bool withNames) : Rule
{
    /// <summary>The rule for unknown fields.</summary>
    public static StringsRule Unknown { get; } = new(withNames: true);

    /// <summary>The rule for fields whose names are the API's own.</summary>
    public static StringsRule Known { get; } = new(withNames: false);

    public override bool Read(ref JsonWalk walk)
    {
        switch (walk.Token)
        {
            case JsonTokenType.String:
                return walk.AddText();

            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var strings = new ArrayBufferWriter<byte>();
                return walk.Gather(strings, withNames) && walk.Add(PartKind.Text, strings.WrittenMemory);

            default:
                return true;
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
            return true;
        }

        var strings = new ArrayBufferWriter<byte>();
        return walk.Gather(strings, withNames: true, walk.Harvest.Sent) && walk.Add(PartKind.Text, strings.WrittenMemory);
    }
}

/// <summary>Any value, whose content is not read: for ids and enumerations that the provider sets and no model can write.</summary>
internal sealed class CheckedRule : Rule
{
    public static CheckedRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk) => walk.Check(out _);
}

/// <summary>
/// A token that the provider sets, such as an id: short, and of the characters of ids. Any other value in its place is screened like an
/// unknown field, because it would be released too.
/// </summary>
internal sealed class TokenRule : Rule
{
    /// <summary>The maximum length of a token, in bytes: ids, fingerprints and model names of today's providers have under 100.</summary>
    private const int MaxBytes = 128;

    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/@+=-"u8);

    public static TokenRule Shared { get; } = new();

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token != JsonTokenType.String)
        {
            return StringsRule.Unknown.Read(ref walk);
        }

        return walk.TryText(out var text)
            && ((text.Length <= MaxBytes && !text.Span.ContainsAnyExcept(TokenBytes)) || walk.Add(PartKind.Text, text));
    }
}
