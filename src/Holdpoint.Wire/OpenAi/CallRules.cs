using System.Text.Json;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.OpenAi;

/// <summary>Whether a stream ends with the usage.</summary>
internal sealed class IncludeUsageRule : Rule
{
    public override bool Read(ref JsonWalk walk)
    {
        walk.Harvest.IncludeUsage = walk.Token == JsonTokenType.True;
        return walk.Token is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null || walk.FailKind("true or false");
    }
}

/// <summary>The number of answers that the client asks for.</summary>
internal sealed class ChoicesRule : Rule
{
    // OpenAI's own limit.
    private const int Max = 128;

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token == JsonTokenType.Null)
        {
            return true;
        }

        if (walk.Token != JsonTokenType.Number || !walk.TryInt32(out var n) || n is < 1 or > Max)
        {
            return walk.FailKind($"a whole number from 1 to {Max}");
        }

        walk.Harvest.Choices = n;
        return true;
    }
}

/// <summary>
/// A setting that makes the provider keep something for a later call, or answer later. The setting may be present, switched off.
/// </summary>
internal sealed class StateRule : Rule
{
    public override bool Read(ref JsonWalk walk) => walk.Token switch
    {
        JsonTokenType.False or JsonTokenType.Null => true,
        JsonTokenType.True => walk.Fail(WireCause.StoredState, "asks the provider to keep state; what it keeps could come back unscreened"),
        _ => walk.FailKind("false"),
    };
}

/// <summary>
/// Text, or a list of texts. Tokens instead of text cannot be screened: only the model's own vocabulary gives their meaning.
/// </summary>
internal sealed class PromptRule : Rule
{
    private readonly ListRule _list = new(new ItemRule());

    public override bool Read(ref JsonWalk walk) => walk.Token switch
    {
        JsonTokenType.String => walk.AddText(),
        JsonTokenType.StartArray => _list.Read(ref walk),
        JsonTokenType.Null => true,
        _ => walk.FailKind("a string or an array of strings"),
    };

    private sealed class ItemRule : Rule
    {
        public override bool Read(ref JsonWalk walk) => walk.Token switch
        {
            JsonTokenType.String => walk.AddText(),
            JsonTokenType.Number or JsonTokenType.StartArray =>
                walk.Fail(WireCause.UnsupportedContent, "is given in tokens, which cannot be screened: send it as text"),
            _ => walk.FailKind("a string"),
        };
    }
}
