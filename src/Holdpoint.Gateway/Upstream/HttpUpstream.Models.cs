using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Upstream;

/// <summary>The models that a provider lists.</summary>
internal sealed partial class HttpUpstream
{
    // A model's entry has about 100 bytes; aggregators list some hundreds.
    private const int MaxModelListBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan ModelListTimeout = TimeSpan.FromSeconds(5);

    public override async ValueTask<ImmutableArray<string>> ListModelsAsync(CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _address.Of(_api.ModelsEndpoint));
        AddHeaders(request, _key.Text, accept: "application/json", _api.ModelsHeaders);
        using var deadline = new Deadline(ModelListTimeout, cancellationToken);
        var http = _connections.Enter();
        try
        {
            using var response = await http.SendAsync(request, deadline.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return [];
            }

            await using var answer = new HttpAnswer(response, deadline: null, ModelListTimeout, MaxModelListBytes)
            {
                Kind = AnswerKind.Whole, Status = HttpStatus.Ok, ContentType = null, Length = response.Content.Headers.ContentLength,
            };
            using var body = await answer.ReadWholeAsync(MaxModelListBytes, deadline.Token).ConfigureAwait(false);
            return body.Fault is null ? ModelIds(body.Bytes) : [];
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            deadline.ThrowIfCallerLeft();
            return [];
        }
        finally
        {
            _connections.Leave();
        }
    }

    private static ImmutableArray<string> ModelIds(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array
                ? [.. data.EnumerateArray()
                    .Where(model => model.ValueKind == JsonValueKind.Object
                        && model.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String)
                    .Select(model => model.GetProperty("id").GetString()!)]
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
