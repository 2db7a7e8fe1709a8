using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Wire.Reading;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>
/// Whatever the parameter types of npm <c>openai</c> name is a field that we know, so that a newer client shows here first.
/// </summary>
public sealed class OfficialFieldsTests
{
    [Fact]
    public void Every_parameter_of_a_chat_is_known()
    {
        var types = OfficialTypes.In("chat", "completions", "completions.d.ts");

        Assert.All(types.Fields("ChatCompletionCreateParamsBase"), name => Known(Request($"\"{name}\":null"), Format));
        foreach (var message in (string[])["System", "Developer", "User", "Assistant", "Tool", "Function"])
        {
            Assert.All(types.Fields($"ChatCompletion{message}MessageParam"), name => Known(Message($"\"{name}\":null"), Format));
        }

        foreach (var part in (string[])["Text", "Image", "InputAudio", "Refusal"])
        {
            Assert.All(types.Fields($"ChatCompletionContentPart{part}"), name => Known(ContentPart($"{{\"{name}\":null}}"), Format));
        }
    }

    [Fact]
    public void Every_parameter_of_a_response_is_known()
    {
        var types = OfficialTypes.In("responses", "responses.d.ts");
        var shared = OfficialTypes.In("shared.d.ts");

        Assert.All(types.Fields("ResponseCreateParamsBase"), name => Known($"{{\"{name}\":null}}", Responses));
        Assert.All(types.Fields("ResponseTextConfig"), name => Known($"{{\"text\":{{\"{name}\":null}}}}", Responses));
        Assert.All(
            types.Fields("ResponseFormatTextJSONSchemaConfig"),
            name => Known($"{{\"text\":{{\"format\":{{\"{name}\":null}}}}}}", Responses));
        Assert.All(shared.Fields("Reasoning"), name => Known($"{{\"reasoning\":{{\"{name}\":null}}}}", Responses));
        foreach (var choice in (string[])["Allowed", "ApplyPatch", "Custom", "Function", "Mcp", "Shell", "Types"])
        {
            Assert.All(types.Fields("ToolChoice" + choice), name => Known($"{{\"tool_choice\":{{\"{name}\":null}}}}", Responses));
        }
    }

    [Fact]
    public void Every_item_that_a_response_may_be_asked_with_is_known_with_its_fields()
    {
        var types = OfficialTypes.In("responses", "responses.d.ts");

        foreach (var item in types.Union("ResponseInputItem").Except(["ResponseInputItem.ItemReference"]))
        {
            foreach (var word in types.TypeWords(item))
            {
                Assert.All(
                    types.Fields(item).Except(["type"]),
                    name => Known($"{{\"input\":[{{\"type\":\"{word}\",\"{name}\":null}}]}}", Responses));
            }
        }

        Assert.All(types.Fields("EasyInputMessage"), name => Known($"{{\"input\":[{{\"role\":\"user\",\"{name}\":null}}]}}", Responses));
    }

    [Fact]
    public void Every_part_that_content_may_have_is_known_with_its_fields()
    {
        var types = OfficialTypes.In("responses", "responses.d.ts");

        string[] parts =
        [
            "ResponseInputText", "ResponseInputImage", "ResponseInputFile", "ResponseInputAudio", "ResponseOutputText",
            "ResponseOutputRefusal", "ResponseInputTextContent", "ResponseInputImageContent", "ResponseInputFileContent",
            "ResponseComputerToolCallOutputScreenshot",
        ];
        foreach (var part in parts)
        {
            var word = Assert.Single(types.TypeWords(part));
            Assert.All(
                types.Fields(part).Except(["type"]),
                name => Known($"{{\"input\":[{{\"role\":\"user\",\"content\":[{{\"type\":\"{word}\",\"{name}\":null}}]}}]}}", Responses));
        }
    }

    [Fact]
    public void Every_field_of_the_callers_own_tools_is_known_and_every_other_tool_is_the_providers()
    {
        var types = OfficialTypes.In("responses", "responses.d.ts");

        foreach (var (tool, word) in (ReadOnlySpan<(string, string)>)
            [("FunctionTool", "function"), ("CustomTool", "custom"), ("NamespaceTool", "namespace")])
        {
            Assert.All(
                types.Fields(tool).Except(["type"]), name => Known($"{{\"tools\":[{{\"type\":\"{word}\",\"{name}\":null}}]}}", Responses));
        }

        Assert.All(types.Fields("NamespaceTool.Function").Except(["type"]), name => Known(
            $"{{\"tools\":[{{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[{{\"type\":\"function\",\"{name}\":null}}]}}]}}", Responses));
        foreach (var word in types.Union("Tool").Except(["FunctionTool", "CustomTool", "NamespaceTool"]).SelectMany(types.TypeWords))
        {
            Assert.True(
                Assert.Single(Call($"{{\"model\":\"m\",\"tools\":[{{\"type\":\"{word}\"}}]}}", Responses).Tools).RunByProvider, word);
        }
    }

    [Fact]
    public void Every_parameter_of_completions_and_embeddings_is_known()
    {
        Assert.All(
            OfficialTypes.In("completions.d.ts").Fields("CompletionCreateParamsBase"), name => Known($"{{\"{name}\":null}}", Completions));
        Assert.All(OfficialTypes.In("embeddings.d.ts").Fields("EmbeddingCreateParams"), name => Known($"{{\"{name}\":null}}", Embeddings));
    }

    private static void Known(string body, WireFormat format)
    {
        var fault = (format.Read(Utf8(body)) as ReadOutcome.Unreadable)?.Fault;
        Assert.False(
            fault?.Cause is WireCause.UnknownField
            || fault?.Message.Contains("of a type that this gateway does not know", StringComparison.Ordinal) == true,
            body + fault?.Message);
    }
}
