using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Holdpoint.Gateway.Settings;

namespace Holdpoint.Gateway.Holds;

/// <summary>Signs notices as Standard Webhooks 1.0.0 asks: HMAC-SHA256 over id, timestamp and body, with dots between.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    /// <summary>Reads the secret where the configuration says it is.</summary>
    /// <exception cref="GatewayStartException">It is not there, cannot be read, or is none.</exception>
    public static byte[] Read(SecretSource source)
    {
        string? text;
        try
        {
            text = source.Read();
        }
        catch (KeyFileOpenException e)
        {
            throw new GatewayStartException($"holds.webhook: {source.Place}: {e.Message}", e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new GatewayStartException($"holds.webhook: {source.Place}: {FileFault.Of(e)}; put the secret there", e);
        }

        var key = new byte[MaxBytes];
        return text?.StartsWith(Prefix, StringComparison.Ordinal) == true
            && Convert.TryFromBase64String(text[Prefix.Length..], key, out var length) && length >= MinBytes
            ? key[..length]
            : throw Missing(source);
    }

    /// <summary>The value of <c>webhook-signature</c>.</summary>
    public static string Sign(byte[] secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, content));
    }

    private static GatewayStartException Missing(SecretSource source) =>
        new($"holds.webhook: {source.Place} does not hold a secret: whsec_ and the base64 of 24 to 64 random bytes");
}
