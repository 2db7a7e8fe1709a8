using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Holdpoint.Evidence.Json;
using Holdpoint.Log.Signing;

namespace Holdpoint.Evidence.Dsse;

/// <summary>
/// A DSSE envelope (secure-systems-lab/dsse 1.0.2) read from its JSON form: a payload, its type, and signatures over both. Reading verifies
/// nothing. Immutable.
/// </summary>
/// <remarks>
/// Stricter than DSSE asks: unknown and duplicate members are refused rather than ignored (ADR 0030). The payload is decoded once, so the
/// verified bytes are the bytes that are read, as the protocol demands.
/// </remarks>
public sealed class DsseEnvelope
{
    /// <summary>
    /// The maximum size of an envelope in bytes, 2 MiB: 10,000 chunk digests are 0.9 MB in base64, and a thousand subjects 0.2 MB.
    /// </summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>The maximum number of signatures in one envelope.</summary>
    public const int MaxSignatures = 16;

    private DsseEnvelope(string payloadType, ReadOnlyMemory<byte> payload, ImmutableArray<DsseSignature> signatures)
    {
        PayloadType = payloadType;
        Payload = payload;
        Signatures = signatures;
    }

    /// <summary>The type of the payload, such as <c>application/vnd.in-toto+json</c>; signed with the payload.</summary>
    public string PayloadType { get; }

    /// <summary>The signed bytes.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The signatures, 1 to <see cref="MaxSignatures"/>.</summary>
    public ImmutableArray<DsseSignature> Signatures { get; }

    /// <summary>Reads an envelope; otherwise gives the fault in <paramref name="fault"/>, quoting nothing of the payload.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> json, [NotNullWhen(true)] out DsseEnvelope? envelope, [NotNullWhen(false)] out string? fault)
    {
        var faults = new Faults();
        envelope = json.Length > MaxBytes ? null : Read(json, faults);
        fault = json.Length > MaxBytes ? $"the envelope is larger than {MaxBytes} bytes" : faults.First;
        if (fault is not null)
        {
            envelope = null;
        }

        return envelope is not null;
    }

    /// <summary>Creates an envelope with one signature by <paramref name="key"/>, which <see cref="KeyId"/> names.</summary>
    public static DsseEnvelope Sign(string payloadType, ReadOnlySpan<byte> payload, Ed25519PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var signature = key.Sign(PreAuthenticationEncoding.Of(payloadType, payload));
        return new(payloadType, payload.ToArray(), [new(KeyId.Of(key.PublicKey), signature)]);
    }

    /// <summary>
    /// The same statement and signature with the <see cref="KeyId"/> of the key that made it: what <see cref="Sign"/> would have made,
    /// whatever hint and whatever form the envelope came in. Its one signature must be by that key.
    /// </summary>
    internal DsseEnvelope NamingKey(Ed25519PublicKey key) => new(PayloadType, Payload, [Signatures[0] with { KeyId = KeyId.Of(key) }]);

    /// <summary>
    /// The JSON form, on one line and without a line end: a tool that strips line ends from a posted file still posts the same bytes, and
    /// so the same <see cref="EvidenceId"/>.
    /// </summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Options))
        {
            json.WriteStartObject();
            json.WriteBase64String("payload"u8, Payload.Span);
            json.WriteString("payloadType"u8, PayloadType);
            json.WriteStartArray("signatures"u8);
            foreach (var signature in Signatures)
            {
                json.WriteStartObject();
                if (signature.KeyId.Length > 0)
                {
                    json.WriteString("keyid"u8, signature.KeyId);
                }

                json.WriteBase64String("sig"u8, signature.Bytes.Span);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static DsseEnvelope? Read(ReadOnlyMemory<byte> json, Faults faults)
    {
        using var document = StrictJson.Parse(json, "the envelope", faults);
        if (document is null)
        {
            return null;
        }

        var fields = new Fields(document.RootElement, "envelope", faults);
        var payload = Bytes(fields, "payload", faults);
        var payloadType = fields.RequiredText("payloadType");
        var signatures = fields.Require("signatures") is { } list ? ReadSignatures(list, faults) : [];
        fields.Close();
        return faults.Any ? null : new(payloadType, payload, signatures);
    }

    private static ImmutableArray<DsseSignature> ReadSignatures(JsonElement list, Faults faults)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is < 1 or > MaxSignatures)
        {
            faults.Add($"envelope.signatures must be a list of 1 to {MaxSignatures}");
            return [];
        }

        var signatures = ImmutableArray.CreateBuilder<DsseSignature>();
        foreach (var item in list.EnumerateArray())
        {
            var fields = new Fields(item, $"envelope.signatures[{signatures.Count}]", faults);
            var bytes = Bytes(fields, "sig", faults);
            var keyId = fields.Take("keyid") switch
            {
                null => "",
                { ValueKind: JsonValueKind.String } set when set.ValueEquals("") => "", // an unset keyid and an empty one are the same
                { } set => Fields.TextOf(set, fields.PathOf("keyid"), faults) ?? "",
            };
            fields.Close();
            signatures.Add(new(keyId, bytes));
        }

        return signatures.ToImmutable();
    }

    private static byte[] Bytes(Fields fields, string name, Faults faults)
    {
        if (fields.Require(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.String && Fields.DecodedOf(value) is { } text && EitherBase64.Decode(text) is { } bytes)
        {
            return bytes;
        }

        faults.Add($"{fields.PathOf(name)} must be base64 (RFC 4648), standard or URL-safe, without white space");
        return [];
    }
}
