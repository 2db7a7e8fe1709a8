namespace Holdpoint.Gateway.Telemetry;

/// <summary>
/// Names of the OpenTelemetry semantic conventions for generative AI (development stage, open-telemetry/semantic-conventions-genai) and of
/// the general ones that go with them. Of the conventions' attributes only those that cannot hold content are here.
/// </summary>
internal static class GenAi
{
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestStream = "gen_ai.request.stream";
    public const string RequestChoiceCount = "gen_ai.request.choice.count";
    public const string TimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string TokenType = "gen_ai.token.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ErrorType = "error.type";

    public const string OperationDuration = "gen_ai.client.operation.duration";
    public const string OperationTimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";
    public const string OperationTimePerOutputChunk = "gen_ai.client.operation.time_per_output_chunk";
    public const string TokenUsage = "gen_ai.client.token.usage";

    /// <summary>
    /// The operation of one of this gateway's endpoints; where the conventions have no name for it, the last part of its path.
    /// </summary>
    public static string OperationOf(string endpoint) => endpoint switch
    {
        "/v1/chat/completions" or "/v1/responses" or "/v1/messages" => "chat",
        "/v1/completions" => "text_completion",
        "/v1/embeddings" => "embeddings",
        _ => endpoint[(endpoint.LastIndexOf('/') + 1)..],
    };
}
