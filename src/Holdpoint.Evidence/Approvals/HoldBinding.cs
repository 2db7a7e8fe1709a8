using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Holdpoint.Log;
using Holdpoint.Log.Json;

namespace Holdpoint.Evidence.Approvals;

/// <summary>
/// The exact object of a hold, and so of an approval: a change of one byte makes it another object, which nobody has approved. Content is
/// included by digest. Immutable.
/// </summary>
/// <param name="Kind">The kind of object that waits: <c>call</c>, <c>effect</c> or <c>answer</c>.</param>
/// <param name="Endpoint">The path that was called.</param>
/// <param name="Provider">Who answers the call, or has answered it, as the agreement names providers.</param>
/// <param name="Upstream">The upstream of that provider, as the configuration names it.</param>
/// <param name="Deployment">The deployment that calls.</param>
/// <param name="Principal">The person or service in the deployment.</param>
/// <param name="Bundle">The version of the agreement that holds the object.</param>
/// <param name="Body">SHA-256 of the request body's bytes.</param>
/// <param name="Claims">SHA-256 of the value of <c>Holdpoint-Claims</c> in UTF-8; null without one.</param>
/// <param name="Evidence">The ids of the statements that the call names; order and repetition mean nothing.</param>
/// <param name="Headers">
/// The client's headers that are forwarded to the provider, each as <c>name: value</c>; their order means nothing.
/// </param>
/// <param name="Effect">The tool call; only for an effect.</param>
/// <param name="Answer">SHA-256 of the bytes of the answer that is kept; null when there is none yet.</param>
public sealed record HoldBinding(
    string Kind, string Endpoint, string Provider, string Upstream, string Deployment, string Principal, Hash Bundle, Hash Body,
    Hash? Claims, ImmutableArray<EvidenceId> Evidence, ImmutableArray<string> Headers, EffectBinding? Effect = null, Hash? Answer = null)
{
    private const int Version = 2;

    /// <summary>The digest that an approval of the hold <paramref name="id"/> signs: SHA-256 of <see cref="ToJson"/>.</summary>
    public Hash DigestFor(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return Hash.Of(ToJson(id));
    }

    /// <summary>The digest that equal requests have in common, whatever hold they wait for.</summary>
    public Hash RequestDigest => Hash.Of(ToJson(hold: null));

    /// <summary>The RFC 8785 form, with the id of the hold where there is one.</summary>
    public byte[] ToJson(string? hold)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, Version);
            WriteText(json, "hold", hold);
            json.WriteString("kind"u8, Kind);
            json.WriteString("endpoint"u8, Endpoint);
            json.WriteString("provider"u8, Provider);
            json.WriteString("upstream"u8, Upstream);
            json.WriteString("deployment"u8, Deployment);
            json.WriteString("principal"u8, Principal);
            json.WriteString("bundle"u8, Bundle.ToHex());
            json.WriteString("body"u8, Body.ToHex());
            WriteText(json, "claims", Claims?.ToHex());
            WriteText(json, "answer", Answer?.ToHex());
            WriteTexts(json, "evidence", Evidence.IsDefault ? [] : Evidence.Select(id => id.ToString()));
            WriteTexts(json, "headers", Headers.IsDefault ? [] : Headers);
            if (Effect is { } effect)
            {
                json.WriteStartObject("effect"u8);
                json.WriteString("name"u8, effect.Name);
                json.WriteString("arguments"u8, effect.Arguments.ToHex());
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return CanonicalJson.Canonicalize(buffer.WrittenSpan);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        string[] sorted = [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (sorted is [])
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in sorted)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}

/// <summary>A tool call as it is approved.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">SHA-256 of the argument bytes, as the tool would get them.</param>
public readonly record struct EffectBinding(string Name, Hash Arguments);
