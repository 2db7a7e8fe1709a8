using System.Text;
using System.Text.Json.Nodes;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>
/// Generated chat requests that are valid, of every field there is, from a seed. Texts are unique, so that each can be found again.
/// </summary>
internal sealed class RequestBodies(int seed)
{
    private static readonly string[] Spices = ["", " ", "é", "😀", "\n", "\"", "\\", "/", "\u0001", "\u200b", "<b>", "\\u0041", "~", "日本"];

    private readonly Random _random = new(seed);
    private int _texts;

    public byte[] Next()
    {
        var body = new JsonObject { ["model"] = "echo" };
        Maybe(body, "user", Text);
        body["messages"] = Many(Message, max: 5);
        Maybe(body, "stop", () => Flip() ? Text() : Many(Text, 3));
        Maybe(body, "metadata", () => new JsonObject { [Word()] = Text() });
        Maybe(body, "stream", () => Flip());
        Maybe(body, "n", () => _random.Next(1, 4));
        Maybe(body, "temperature", () => 0.5);
        Maybe(body, "service_tier", () => "auto");
        Maybe(body, "safety_identifier", Text);
        Maybe(body, "prompt_cache_key", Text);
        Maybe(body, "reasoning_effort", () => Flip() ? "high" : Text());
        Maybe(body, "logit_bias", () => new JsonObject { ["50256"] = -100 });
        Maybe(body, "modalities", () => new JsonArray("text"));
        Maybe(body, "response_format", () => new JsonObject
        {
            ["type"] = "json_schema",
            ["json_schema"] = new JsonObject { ["name"] = Word(), ["description"] = Text(), ["schema"] = Any(3), ["strict"] = true },
        });
        Maybe(body, "prediction", () => new JsonObject { ["type"] = "content", ["content"] = Content() });
        Maybe(body, "tools", () => Many(Tool, 3));
        Maybe(body, "tool_choice", () => new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = Text() } });
        Maybe(body, "web_search_options", () => new JsonObject
        {
            ["search_context_size"] = "low",
            ["user_location"] = new JsonObject { ["type"] = "approximate", ["approximate"] = new JsonObject { ["city"] = Text() } },
        });
        return Write(Shuffled(body));
    }

    private JsonObject Message()
    {
        var role = Pick("system", "developer", "user", "assistant", "tool", "function");
        var message = new JsonObject { ["role"] = role };
        Maybe(message, "name", Text);
        message["content"] = Content();
        if (role == "tool")
        {
            message["tool_call_id"] = Text();
        }

        if (role == "assistant")
        {
            Maybe(message, "refusal", Text);
            Maybe(message, "reasoning_content", Text);
            Maybe(message, "parsed", () => Any(2));
            Maybe(message, "tool_calls", () => Many(ToolCall, 3));
            Maybe(message, "function_call", () => new JsonObject { ["name"] = Text(), ["arguments"] = Text() });
        }

        return message;
    }

    private JsonNode Content() => Flip() ? Text() : Many(Part, 4);

    private JsonObject Part() => _random.Next(5) switch
    {
        0 => new JsonObject { ["type"] = "text", ["text"] = Text() },
        1 => new JsonObject { ["type"] = "refusal", ["refusal"] = Text() },
        2 => new JsonObject
        {
            ["type"] = "image_url",
            ["image_url"] = new JsonObject { ["url"] = "data:image/png;base64," + Base64(), ["detail"] = "high" },
        },
        3 => new JsonObject { ["type"] = "input_audio", ["input_audio"] = new JsonObject { ["data"] = Base64(), ["format"] = "mp3" } },
        _ => new JsonObject
        {
            ["type"] = "file",
            ["file"] = new JsonObject { ["file_data"] = "data:application/pdf;base64," + Base64(), ["filename"] = Text() },
        },
    };

    private JsonObject ToolCall() => Flip()
        ? new JsonObject
        {
            ["id"] = Text(),
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = Text(), ["arguments"] = Text() },
        }
        : new JsonObject { ["id"] = Text(), ["type"] = "custom", ["custom"] = new JsonObject { ["name"] = Text(), ["input"] = Text() } };

    private JsonObject Tool() => _random.Next(3) switch
    {
        0 => new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = Word(), ["description"] = Text(), ["parameters"] = Any(3) },
        },
        1 => new JsonObject { ["type"] = "custom", ["custom"] = new JsonObject { ["name"] = Word(), ["description"] = Text() } },
        _ => new JsonObject { ["type"] = Word(), ["options"] = Any(2) },
    };

    private JsonNode Any(int depth) => (depth == 0 ? 0 : _random.Next(3)) switch
    {
        1 => Many(() => Any(depth - 1), 3),
        2 => new JsonObject { [Word()] = Any(depth - 1), [Word()] = 7, [Word()] = null },
        _ => Text(),
    };

    private JsonValue Text() => JsonValue.Create($"text{_texts++}{Spice()}{Spice()}end");

    private string Word() => $"word{_texts++}";

    private string Spice() => Spices[_random.Next(Spices.Length)];

    private string Base64()
    {
        var bytes = new byte[_random.Next(1, 40)];
        _random.NextBytes(bytes);
        if (bytes.Length > 0)
        {
            bytes[0] = 0xFF; // no text: what decodes to text is read as text
        }

        return Convert.ToBase64String(bytes);
    }

    private bool Flip() => _random.Next(2) == 0;

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private JsonArray Many(Func<JsonNode> make, int max) => [.. Enumerable.Range(0, _random.Next(1, max + 1)).Select(_ => make())];

    private void Maybe(JsonObject target, string name, Func<JsonNode?> make)
    {
        if (_random.Next(3) > 0)
        {
            target[name] = make();
        }
    }

    private JsonObject Shuffled(JsonObject body)
    {
        var fields = body.ToArray();
        body.Clear();
        _random.Shuffle(fields);
        return new JsonObject(fields);
    }

    /// <summary>Writes with random escapes: what a string means does not depend on how it is spelt.</summary>
    private byte[] Write(JsonNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject thing:
                var comma = "{";
                foreach (var (name, value) in thing)
                {
                    text.Append(comma);
                    Quote(name, text);
                    text.Append(Flip() ? ":" : " : ");
                    Write(value, text);
                    comma = Flip() ? "," : ",\n";
                }

                text.Append(thing.Count == 0 ? "{}" : "}");
                break;
            case JsonArray array:
                text.Append('[');
                for (var i = 0; i < array.Count; i++)
                {
                    text.Append(i > 0 ? "," : "");
                    Write(array[i], text);
                }

                text.Append(']');
                break;
            case JsonValue value when value.TryGetValue<string>(out var s):
                Quote(s, text);
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private void Quote(string value, StringBuilder text)
    {
        text.Append('"');
        var escapes = _random.Next(4) == 0;
        foreach (var rune in value.EnumerateRunes())
        {
            var plain = rune.ToString();
            var isEscaped = rune.Value < ' ' || plain is "\"" or "\\" || (escapes && _random.Next(5) == 0);
            text.Append(!isEscaped ? plain : plain == "/" ? "\\/" : string.Concat(plain.Select(c => $"\\u{(int)c:x4}")));
        }

        text.Append('"');
    }
}
