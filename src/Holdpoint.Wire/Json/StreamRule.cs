using System.Text.Json;

namespace Holdpoint.Wire.Json;

/// <summary>Whether the answer is streamed.</summary>
internal sealed class StreamRule : Rule
{
    public override bool Read(ref JsonWalk walk)
    {
        walk.Harvest.Stream = walk.Token == JsonTokenType.True;
        return walk.Token is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null || walk.FailKind("true or false");
    }
}
