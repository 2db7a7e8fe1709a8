using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Holdpoint.Gateway.Upstream;

namespace Holdpoint.Gateway.Holds;

/// <summary>An answer of a model that waits for people: all its bytes, whatever of them has left already.</summary>
/// <param name="Head">What was said before them.</param>
/// <param name="Body">The bytes, exactly as the model's provider sent them.</param>
internal sealed record KeptAnswer(KeptHead Head, ReadOnlyMemory<byte> Body)
{
    /// <summary>An answer, to be kept.</summary>
    /// <param name="answer">What was said before its bytes.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="from">Who gave it.</param>
    public static KeptAnswer Of(UpstreamAnswer answer, ReadOnlyMemory<byte> body, KeptRoute from)
    {
        var headers = answer.Headers.Select(header => new KeptHeader(header.Name, header.Value));
        return new(new(answer.Kind == AnswerKind.Stream, answer.Status, answer.ContentType, [.. headers], from), body);
    }

    /// <summary>The answer again, as if it came from its provider now.</summary>
    public UpstreamAnswer Replay() => new MemoryAnswer([Body.ToArray()])
    {
        Kind = Head.IsStream ? AnswerKind.Stream : AnswerKind.Whole,
        Status = Head.Status,
        ContentType = Head.ContentType,
        Headers = [.. Head.Headers.Select(header => (header.Name, header.Value))],
        Length = Body.Length,
    };
}

/// <summary>The head of a kept answer.</summary>
internal sealed record KeptHead(
    bool IsStream, int Status, string? ContentType, ImmutableArray<KeptHeader> Headers, KeptRoute? From = null);

/// <summary>Who gave a kept answer. Null in <see cref="KeptHead"/> only where an earlier version kept it.</summary>
/// <param name="Upstream">The upstream, as the configuration named it.</param>
/// <param name="Provider">Its provider, as the agreement names providers.</param>
/// <param name="Model">The model, as the configuration named it.</param>
internal sealed record KeptRoute(string Upstream, string Provider, string Model)
{
    public static KeptRoute Of(Route route) => new(route.Upstream.Name, route.Provider, route.Model);
}

/// <summary>A header that is passed on.</summary>
internal sealed record KeptHeader(string Name, string Value);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KeptHead))]
internal sealed partial class KeptJson : JsonSerializerContext;
