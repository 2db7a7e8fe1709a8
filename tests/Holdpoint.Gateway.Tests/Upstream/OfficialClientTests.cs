using System.ClientModel;
using Holdpoint.Testing;
using OpenAI;
using OpenAI.Chat;

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
    public async Task Nuget_OpenAI_can_set_every_option_and_send_back_what_it_got()
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
