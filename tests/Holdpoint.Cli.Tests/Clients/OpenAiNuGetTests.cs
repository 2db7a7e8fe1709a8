using System.ClientModel;
using Holdpoint.Cli.Tests.Serve;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;

namespace Holdpoint.Cli.Tests.Clients;

/// <summary>NuGet <c>OpenAI</c>, unchanged but for its endpoint.</summary>
public sealed class OpenAiNuGetTests
{
    private const string Rows =
        "a.one@mail.example, b.two@mail.example, c.three@mail.example, d.four@mail.example, e.five@mail.example, f.six@mail.example";

    [Fact]
    public async Task Chat_works()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        ChatCompletion answer = await Client(gateway).CompleteChatAsync(
            [new SystemChatMessage("Be brief."), new UserChatMessage("hello")], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("[echo] hello", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [Fact]
    public async Task Streaming_works_to_its_end()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var text = "";
        ChatFinishReason? finish = null;

        await foreach (var update in Client(gateway).CompleteChatStreamingAsync(
            [new UserChatMessage("hello")], cancellationToken: TestContext.Current.CancellationToken))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finish = update.FinishReason ?? finish;
        }

        Assert.Equal(("[echo] hello", ChatFinishReason.Stop), (text, finish));
    }

    [Fact]
    public async Task A_registered_tool_is_called()
    {
        await using var gateway = await GatewayProcess.StartAsync(tools: WeatherTool.Registration);
        var options = new ChatCompletionOptions
        {
            Tools = { ChatTool.CreateFunctionTool(
                WeatherTool.Name, WeatherTool.Description, BinaryData.FromString(WeatherTool.Parameters)) },
        };

        ChatCompletion answer = await Client(gateway).CompleteChatAsync(
            [new UserChatMessage("hello")], options, TestContext.Current.CancellationToken);

        Assert.Equal(ChatFinishReason.ToolCalls, answer.FinishReason);
        Assert.Equal(WeatherTool.Name, Assert.Single(answer.ToolCalls).FunctionName);
    }

    [Fact]
    public async Task A_refusal_is_its_normal_error_with_status_403_and_is_not_retried()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var error = await Assert.ThrowsAsync<ClientResultException>(async () => await Client(gateway).CompleteChatAsync(
            [new UserChatMessage(Rows)], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(403, error.Status);
        Assert.Contains("mass-domestic-surveillance", error.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);

        // The start's records are 0 and 1, the refusal's is 2: a retry would have made another.
        Assert.True(error.GetRawResponse()!.Headers.TryGetValue("Holdpoint-Record", out var record));
        Assert.Equal("2", record);
        await gateway.StopAsync();
        await CommandRun.StartAsync("log", "export", "--config", gateway.ConfigPath, gateway["exported"]);
        Assert.Equal(4, ExportedRecords.Read(gateway["exported"]).Count); // start, activation, refusal, stop
    }

#pragma warning disable OPENAI001 // The client's types for responses are in preview: used all the same.
    [Fact]
    public async Task Responses_work_whole_and_streamed()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        ResponseResult whole = await Responses(gateway)
            .CreateResponseAsync("echo", "hello", cancellationToken: TestContext.Current.CancellationToken);
        var text = "";
        ResponseResult? final = null;
        await foreach (var update in (await Responses(gateway).CreateResponseStreamingAsync(
            "echo", "hello", cancellationToken: TestContext.Current.CancellationToken))
            .WithCancellation(TestContext.Current.CancellationToken))
        {
            text += (update as StreamingResponseOutputTextDeltaUpdate)?.Delta;
            final = (update as StreamingResponseCompletedUpdate)?.Response ?? final;
        }

        Assert.Equal("[echo] hello", whole.GetOutputText());
        Assert.Equal(("[echo] hello", "[echo] hello"), (text, final!.GetOutputText()));
    }

    [Fact]
    public async Task A_registered_tool_is_called_in_a_response_and_an_unregistered_one_ends_the_stream()
    {
        var options = new CreateResponseOptions("echo", [ResponseItem.CreateUserMessageItem("hello")])
        {
            Tools = { ResponseTool.CreateFunctionTool(
                WeatherTool.Name, BinaryData.FromString(WeatherTool.Parameters), strictModeEnabled: false, WeatherTool.Description) },
        };
        await using (var gateway = await GatewayProcess.StartAsync(tools: WeatherTool.ResponsesRegistration))
        {
            ResponseResult answer = await Responses(gateway).CreateResponseAsync(options, TestContext.Current.CancellationToken);
            Assert.Equal(WeatherTool.Name, Assert.IsType<FunctionCallResponseItem>(Assert.Single(answer.OutputItems)).FunctionName);
        }

        await using var strict = await GatewayProcess.StartAsync();
        options.StreamingEnabled = true;
        List<StreamingResponseUpdate> updates = [];
        await foreach (var update in (await Responses(strict).CreateResponseStreamingAsync(options, TestContext.Current.CancellationToken))
            .WithCancellation(TestContext.Current.CancellationToken))
        {
            updates.Add(update);
        }

        Assert.Contains("Edge deployment", Assert.IsType<StreamingResponseErrorUpdate>(updates[^1]).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            updates,
            update => update is StreamingResponseOutputItemAddedUpdate
                or StreamingResponseFunctionCallArgumentsDeltaUpdate
                or StreamingResponseCompletedUpdate);
    }

    [Fact]
    public async Task A_refused_response_is_its_normal_error_with_status_403_and_is_not_retried()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var whole = await Assert.ThrowsAsync<ClientResultException>(async () =>
            await Responses(gateway).CreateResponseAsync("echo", Rows, cancellationToken: TestContext.Current.CancellationToken));
        var streamed = await Assert.ThrowsAsync<ClientResultException>(async () =>
            await Responses(gateway).CreateResponseStreamingAsync("echo", Rows, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((403, 403), (whole.Status, streamed.Status));

        // The start's records are 0 and 1, the refusals' 2 and 3: a retry would have made another.
        Assert.True(whole.GetRawResponse()!.Headers.TryGetValue("Holdpoint-Record", out var first));
        Assert.True(streamed.GetRawResponse()!.Headers.TryGetValue("Holdpoint-Record", out var second));
        Assert.Equal(("2", "3"), (first, second));
    }

    private static ResponsesClient Responses(GatewayProcess gateway) =>
        new(new ApiKeyCredential(GatewayProcess.Key), new ResponsesClientOptions { Endpoint = new Uri(gateway.Address, "/v1") });
#pragma warning restore OPENAI001

    private static ChatClient Client(GatewayProcess gateway) =>
        new("echo", new ApiKeyCredential(GatewayProcess.Key), new OpenAIClientOptions { Endpoint = new Uri(gateway.Address, "/v1") });
}
