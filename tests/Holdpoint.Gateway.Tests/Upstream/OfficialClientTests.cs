using System.ClientModel;
using Holdpoint.Testing;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;

namespace Holdpoint.Gateway.Tests.Upstream;

/// <summary>What official clients send that the end-to-end tests do not: a whole tool loop, and every option there is.</summary>
public sealed class OfficialClientTests
{
    [Fact]
    public async Task Npm_openai_runs_its_tool_loop_to_the_end()
    {
        await using var server = await EchoServer.StartAsync();

        var result = await NodeClient.OpenAiAsync("run-tools", server.Url);

        Assert.Empty(server.Faults);
        Assert.Equal("[echo] hello", result.GetProperty("final").GetString());
        Assert.Equal(["user", "assistant", "tool", "assistant"], result.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(1, result.GetProperty("calls").GetArrayLength());
    }

    [Fact]
    public async Task Npm_openai_carries_a_response_with_a_tool_through_two_calls()
    {
        await using var server = await EchoServer.StartAsync();

        var result = await NodeClient.OpenAiAsync("respond-loop", server.Url);

        Assert.Empty(server.Faults);
        Assert.Equal(
            ("[echo] hello", "function_call"), (result.GetProperty("text").GetString(), result.GetProperty("calls")[0].GetString()));
    }

#pragma warning disable OPENAI001 // The client's types for responses are in preview: sent all the same by whoever uses them.
    [Fact]
    public async Task Nuget_OpenAI_can_ask_for_responses_with_every_option_and_send_back_what_it_got()
    {
        await using var server = await EchoServer.StartAsync();
        var client = new ResponsesClient(
            new ApiKeyCredential("test"), new ResponsesClientOptions { Endpoint = new Uri(server.Url + "/v1") });
        var ct = TestContext.Current.CancellationToken;

        ResponseResult whole = await client.CreateResponseAsync(EveryResponseOption(), ct);
        Assert.Equal("[echo] good day", whole.GetOutputText());

        var options = new CreateResponseOptions("echo", [ResponseItem.CreateUserMessageItem("x")])
        {
            Tools = { ResponseTool.CreateFunctionTool(
                "f", BinaryData.FromString("""{"type":"object","properties":{"a":{"type":"number"}},"required":["a"]}"""),
                strictModeEnabled: true, "d") },
        };
        ResponseResult called = await client.CreateResponseAsync(options, ct);
        var call = Assert.IsType<FunctionCallResponseItem>(Assert.Single(called.OutputItems));
        Assert.Equal(("f", """{"a":1}"""), (call.FunctionName, call.FunctionArguments.ToString()));

        options.InputItems.Add(call);
        options.InputItems.Add(ResponseItem.CreateFunctionCallOutputItem(call.CallId, "result"));
        ResponseResult after = await client.CreateResponseAsync(options, ct);
        Assert.Equal("[echo] x", after.GetOutputText());
        Assert.Empty(server.Faults);
    }

    private static CreateResponseOptions EveryResponseOption() => new(
        "echo",
        [
            ResponseItem.CreateSystemMessageItem("s"),
            ResponseItem.CreateDeveloperMessageItem("d"),
            ResponseItem.CreateUserMessageItem([
                ResponseContentPart.CreateInputTextPart("a"),
                ResponseContentPart.CreateInputImagePart(BinaryData.FromBytes([1, 2], "image/png"), ResponseImageDetailLevel.Low),
                ResponseContentPart.CreateInputFilePart(BinaryData.FromBytes([3, 4]), "application/pdf", "a.pdf")]),
            ResponseItem.CreateAssistantMessageItem("b"),
            ResponseItem.CreateReasoningItem("thought"),
            ResponseItem.CreateFunctionCallItem("c1", "f", BinaryData.FromString("{}")),
            ResponseItem.CreateFunctionCallOutputItem("c1", "o"),
            ResponseItem.CreateCustomToolCallItem("c2", "g", "i"),
            ResponseItem.CreateCustomToolCallOutputItem("c2", [ResponseContentPart.CreateInputTextPart("o")]),
            ResponseItem.CreateMcpToolCallItem("l", "t", BinaryData.FromString("{}")),
            ResponseItem.CreateUserMessageItem("good day"),
        ])
    {
        Instructions = "in",
        Temperature = 0.5f,
        TopP = 0.9f,
        MaxOutputTokenCount = 100,
        MaxToolCallCount = 2,
        ParallelToolCallsEnabled = false,
        TopLogProbabilityCount = 2,
        StoredOutputEnabled = false,
        BackgroundModeEnabled = false,
        EndUserId = "user-1",
        SafetyIdentifier = "safe",
        PromptCacheKey = "key",
        Metadata = { ["k"] = "v" },
        ServiceTier = ResponseServiceTier.Auto,
        TruncationMode = ResponseTruncationMode.Auto,
        IncludedProperties = { IncludedResponseProperty.ReasoningEncryptedContent },
        ReasoningOptions = new ResponseReasoningOptions
        {
            ReasoningEffortLevel = ResponseReasoningEffortLevel.Low,
            ReasoningSummaryVerbosity = ResponseReasoningSummaryVerbosity.Concise,
        },
        TextOptions = new ResponseTextOptions { TextFormat = ResponseTextFormat.CreateJsonSchemaFormat(
            "n", BinaryData.FromString("""{"type":"object"}"""), "d", jsonSchemaIsStrict: true) },
        ToolChoice = ResponseToolChoice.CreateAutoChoice(),
    };
#pragma warning restore OPENAI001

    [Fact]
    public async Task Nuget_OpenAI_can_set_every_option_and_send_back_what_it_got()
    {
        await using var server = await EchoServer.StartAsync();
        var client = Client(server);
        var ct = TestContext.Current.CancellationToken;

        ChatCompletion whole = await client.CompleteChatAsync(
            [new SystemChatMessage("s"), new UserChatMessage("good day")], Everything(), ct);
        Assert.Equal("[echo] good day", whole.Content[0].Text);

        var text = "";
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage(
            ChatMessageContentPart.CreateTextPart("good"),
            ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes([1, 2]), "image/png"))], cancellationToken: ct))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        Assert.Equal("[echo] good", text);

        var options = new ChatCompletionOptions
        {
            Tools = { ChatTool.CreateFunctionTool(
                "f", "d", BinaryData.FromString("""{"type":"object","properties":{"a":{"type":"number"}},"required":["a"]}"""),
                functionSchemaIsStrict: true) },
        };
        ChatCompletion call = await client.CompleteChatAsync([new UserChatMessage("x")], options, ct);
        Assert.Equal(ChatFinishReason.ToolCalls, call.FinishReason);
        Assert.Equal(("f", """{"a":1}"""), (call.ToolCalls[0].FunctionName, call.ToolCalls[0].FunctionArguments.ToString()));

        ChatCompletion after = await client.CompleteChatAsync(
            [new UserChatMessage("x"), new AssistantChatMessage(call), new ToolChatMessage(call.ToolCalls[0].Id, "result")], options, ct);
        Assert.Equal("[echo] x", after.Content[0].Text);
        Assert.Empty(server.Faults);
    }

    private static ChatClient Client(EchoServer server) =>
        new("echo", new ApiKeyCredential("test"), new OpenAIClientOptions { Endpoint = new Uri(server.Url + "/v1") });

    // Every option that the client can set, so that each field it knows is met.
    private static ChatCompletionOptions Everything() => new()
    {
        Temperature = 0.5f,
        TopP = 0.9f,
        MaxOutputTokenCount = 100,
        FrequencyPenalty = 0.1f,
        PresencePenalty = 0.1f,
        EndUserId = "user-1",
        IncludeLogProbabilities = true,
        TopLogProbabilityCount = 2,
        StopSequences = { "END" },
        LogitBiases = { [50256] = -100 },
        Metadata = { ["k"] = "v" },
        StoredOutputEnabled = false,
        ResponseFormat =
            ChatResponseFormat.CreateJsonSchemaFormat("n", BinaryData.FromString("""{"type":"object"}"""), "d", jsonSchemaIsStrict: true),
#pragma warning disable OPENAI001 // Options in preview: sent all the same by whoever uses them.
        Seed = 7,
        ReasoningEffortLevel = ChatReasoningEffortLevel.High,
        ServiceTier = ChatServiceTier.Auto,
        OutputPrediction = ChatOutputPrediction.CreateStaticContentPrediction("p"),
#pragma warning restore OPENAI001
    };
}
