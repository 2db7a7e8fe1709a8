using System.Text;
using System.Text.Json;

namespace Holdpoint.Wire.Json;

/// <summary>
/// The strings and names of a request without its conversation: settings, instructions and tool definitions, which some providers repeat in
/// the answer. A repeated string says nothing new. Not thread-safe; one per answer.
/// </summary>
/// <param name="body">A request that a wire format has read, so its syntax is valid.</param>
/// <param name="conversation">The top-level field that is left out: answers do not repeat it, and it is most of the body.</param>
internal sealed class SentStrings(ReadOnlyMemory<byte> body, string conversation)
{
    private HashSet<string>? _strings;

    /// <summary>Whether the request has exactly that string. The first call searches the request.</summary>
    public bool Contains(ReadOnlySpan<byte> text) => (_strings ??= Read()).Contains(Encoding.UTF8.GetString(text));

    private HashSet<string> Read()
    {
        var strings = new HashSet<string>(StringComparer.Ordinal);
        if (body.IsEmpty)
        {
            return strings;
        }

        var json = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = WireLimits.Default.MaxDepth + 1 });
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1 && json.ValueTextEquals(conversation))
            {
                json.Skip();
            }
            else if (json.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
            {
                strings.Add(json.GetString()!);
            }
        }

        return strings;
    }
}
