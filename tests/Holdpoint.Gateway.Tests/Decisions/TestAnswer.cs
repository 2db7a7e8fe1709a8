using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>An answer of the gateway, read whole.</summary>
internal sealed record TestAnswer(HttpStatusCode Status, byte[] Body, Dictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? Verdict => Headers.GetValueOrDefault("Holdpoint-Verdict");

    public long Record => long.Parse(Headers["Holdpoint-Record"], CultureInfo.InvariantCulture);

    public string? Cause => Json["error"]?["code"]?.GetValue<string>();

    public string[] Clauses =>
        [.. Json["error"]!["holdpoint"]!["clauses"]!.AsArray().Select(clause => clause!["id"]!.GetValue<string>())];
}
