using System.Text;
using System.Text.Json;
using Holdpoint.Gateway.Wire.Json;

namespace Holdpoint.Gateway.Wire.OpenAi;

/// <summary>The model's name. It chooses the upstream, so it is an identifier: no sentence fits in.</summary>
internal sealed class ModelRule : Rule
{
    // Names of fine-tuned models, the longest known, stay below a hundred.
    private const int MaxBytes = 256;

    public override bool Read(ref JsonWalk walk)
    {
        if (walk.Token != JsonTokenType.String || !walk.TryText(out var name))
        {
            return walk.FailKind("a string");
        }

        if (name.IsEmpty || name.Length > MaxBytes || name.Span.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return walk.FailKind($"1 to {MaxBytes} visible ASCII characters");
        }

        walk.Harvest.Model = Encoding.ASCII.GetString(name.Span);
        return true;
    }
}

/// <summary>Whether the answer is streamed.</summary>
internal sealed class StreamRule : Rule
{
    public override bool Read(ref JsonWalk walk)
    {
        walk.Harvest.Stream = walk.Token == JsonTokenType.True;
        return walk.Token is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null || walk.FailKind("true or false");
    }
}

/// <summary>Whether a stream ends with the usage.</summary>
internal sealed class IncludeUsageRule : Rule
{
    public override bool Read(ref JsonWalk walk)
    {
        walk.Harvest.IncludeUsage = walk.Token == JsonTokenType.True;
        return walk.Token is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null || walk.FailKind("true or false");
    }
}

/// <summary>How many answers are asked for.</summary>
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
