using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// The body of <c>GET /v1/models</c>: the models that the configuration names, and those that a provider lists and a pattern means.
/// Thread-safe.
/// </summary>
internal sealed class ModelList(UpstreamRegistry registry, TimeProvider time) : IDisposable
{
    // A client in a loop must not become this gateway's loop against the provider. Providers add models a few times a month.
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private volatile Kept? _kept;

    /// <summary>The list in OpenAI's shape. UTF-8 JSON.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } body)
        {
            return body;
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Fresh() is { } other)
            {
                return other;
            }

            var kept = new Kept(time.GetUtcNow() + KeptFor, await MakeAsync(cancellationToken).ConfigureAwait(false));
            _kept = kept;
            return kept.Body;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    // Not `: null`, which would be an empty body: memory converts from a null array.
    private ReadOnlyMemory<byte>? Fresh() =>
        _kept is { } kept && time.GetUtcNow() < kept.Until ? kept.Body : default(ReadOnlyMemory<byte>?);

    private async ValueTask<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        var models = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var upstream in registry.All)
        {
            ImmutableArray<string> listed = upstream.Models.Any(pattern => !pattern.IsLiteral)
                ? await upstream.ListModelsAsync(cancellationToken).ConfigureAwait(false)
                : [];
            foreach (var model in upstream.Models.Where(pattern => pattern.IsLiteral).Select(pattern => pattern.Text).Concat(listed))
            {
                // A model is served by the first upstream that matches, whoever lists it.
                if (registry.Find(model) == upstream)
                {
                    models[model] = upstream.Name;
                }
            }
        }

        return Write(models);
    }

    private static byte[] Write(SortedDictionary<string, string> models)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list");
            json.WriteStartArray("data"u8);
            foreach (var (model, owner) in models)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, model);
                json.WriteString("object"u8, "model");
                json.WriteNumber("created"u8, 0);
                json.WriteString("owned_by"u8, owner);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private sealed record Kept(DateTimeOffset Until, ReadOnlyMemory<byte> Body);
}
