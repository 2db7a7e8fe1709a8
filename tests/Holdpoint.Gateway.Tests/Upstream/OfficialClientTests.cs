using System.ClientModel;
using System.Text.Json;
using Holdpoint.Testing;
using OpenAI;
using OpenAI.Chat;

namespace Holdpoint.Gateway.Tests.Upstream;

/// <summary>The official clients against the wire format and the echo alone; the whole gateway has its own tests.</summary>
public sealed class OfficialClientTests
{
    [Theory]
    [InlineData("chat")]
    [InlineData("stream")]
    public async Task Npm_openai_chats(string command)
    {
        await using var server = await EchoServer.StartAsync();

        var result = await NodeClient.OpenAiAsync(command, server.Url, environment: [new("PROMPT", "good \"day\"\n😀 to you")]);

        Assert.Empty(server.Faults);
        Assert.Equal("[echo] good \"day\"\n😀 to you", command == "chat" ? result.GetProperty("message").GetProperty("content").GetString() : result.GetProperty("text").GetString());
        Assert.Equal(("stop", 1), (result.GetProperty("finish").GetString(), result.GetProperty("requests").GetInt32()));
        Assert.True(result.GetProperty("usage").GetProperty("total_tokens").GetInt32() > 0);
        Assert.Equal("permit", result.GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("stream-tools")]
    public async Task Npm_openai_gets_a_tool_call_that_its_schema_accepts(string command)
    {
        await using var server = await EchoServer.StartAsync();

        var result = await NodeClient.OpenAiAsync(command, server.Url, environment: [new("PROMPT", "Bern or Basel")]);

        Assert.Empty(server.Faults);
        Assert.Equal("tool_calls", result.GetProperty("finish").GetString());
        var call = command == "tools" ? result.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function") : result.GetProperty("tools")[0];
        Assert.Equal("get_weather", call.GetProperty("name").GetString());
        Assert.Equal("""{"city":"Bern or Basel","days":1,"unit":"celsius"}""", call.GetProperty("arguments").GetString());
    }

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

    [Theory]
    [InlineData("chat")]
    [InlineData("stream")]
    public async Task Npm_openai_raises_a_refusal_as_its_permission_error_and_does_not_try_again(string command)
    {
        await using var server = await EchoServer.StartAsync();

        var result = await NodeClient.OpenAiAsync(command, server.Url, environment: [new("PROMPT", "refuse me")]);

        var error = result.GetProperty("error");
        Assert.True(error.GetProperty("isPermissionDenied").GetBoolean());
        Assert.Equal((403, "clause", "holdpoint_refused"), (error.GetProperty("status").GetInt32(), error.GetProperty("code").GetString(), error.GetProperty("type").GetString()));
        Assert.Equal("mass", error.GetProperty("holdpoint").GetProperty("clauses")[0].GetProperty("id").GetString());
        Assert.Equal(1, result.GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task Npm_openai_raises_an_error_within_a_stream()
    {
        await using var server = await EchoServer.StartAsync();

        var result = await NodeClient.OpenAiAsync("stream", server.Url, environment: [new("PROMPT", "one two three stop")]);

        Assert.Equal("[echo] one", result.GetProperty("text").GetString());
        Assert.Equal("clause", result.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(7, result.GetProperty("error").GetProperty("holdpoint").GetProperty("record").GetInt32());
        Assert.Equal(1, result.GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task Npm_openai_lists_models()
    {
        await using var server = await EchoServer.StartAsync();

        var result = await NodeClient.OpenAiAsync("models", server.Url);

        Assert.Equal("echo", Assert.Single(result.GetProperty("models").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Nuget_OpenAI_chats_streams_and_calls_tools()
    {
        await using var server = await EchoServer.StartAsync();
        var client = Client(server);
        var ct = TestContext.Current.CancellationToken;

        ChatCompletion whole = await client.CompleteChatAsync([new SystemChatMessage("s"), new UserChatMessage("good day")], Everything(), ct);
        Assert.Equal("[echo] good day", whole.Content[0].Text);

        var text = "";
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage(ChatMessageContentPart.CreateTextPart("good"), ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes([1, 2]), "image/png"))], cancellationToken: ct))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        Assert.Equal("[echo] good", text);

        var options = new ChatCompletionOptions
        {
            Tools = { ChatTool.CreateFunctionTool("f", "d", BinaryData.FromString("""{"type":"object","properties":{"a":{"type":"number"}},"required":["a"]}"""), functionSchemaIsStrict: true) },
        };
        ChatCompletion call = await client.CompleteChatAsync([new UserChatMessage("x")], options, ct);
        Assert.Equal(ChatFinishReason.ToolCalls, call.FinishReason);
        Assert.Equal(("f", """{"a":1}"""), (call.ToolCalls[0].FunctionName, call.ToolCalls[0].FunctionArguments.ToString()));

        ChatCompletion after = await client.CompleteChatAsync(
            [new UserChatMessage("x"), new AssistantChatMessage(call), new ToolChatMessage(call.ToolCalls[0].Id, "result")], options, ct);
        Assert.Equal("[echo] x", after.Content[0].Text);
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Nuget_OpenAI_raises_a_refusal_and_does_not_try_again()
    {
        await using var server = await EchoServer.StartAsync();

        var error = await Assert.ThrowsAsync<ClientResultException>(() =>
            Client(server).CompleteChatAsync([new UserChatMessage("refuse me")], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(403, error.Status);
        using var body = JsonDocument.Parse(error.GetRawResponse()!.Content);
        Assert.Equal("holdpoint_refused", body.RootElement.GetProperty("error").GetProperty("type").GetString());
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
        ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("n", BinaryData.FromString("""{"type":"object"}"""), "d", jsonSchemaIsStrict: true),
#pragma warning disable OPENAI001 // Options in preview: sent all the same by whoever uses them.
        Seed = 7,
        ReasoningEffortLevel = ChatReasoningEffortLevel.High,
        ServiceTier = ChatServiceTier.Auto,
        OutputPrediction = ChatOutputPrediction.CreateStaticContentPrediction("p"),
#pragma warning restore OPENAI001
    };
}
