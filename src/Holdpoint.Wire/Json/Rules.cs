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
        _ => !walk.IsLongNumber || walk.Add(PartKind.Text, walk.NumberText()),
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
