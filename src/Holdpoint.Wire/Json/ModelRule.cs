using System.Text;
using System.Text.Json;

namespace Holdpoint.Wire.Json;

/// <summary>The model's name, which chooses the upstream. The name must be an identifier, so no sentence fits into it.</summary>
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
