using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Log;
using Holdpoint.Log.Json;

namespace Holdpoint.Cli.Holds;

/// <summary>
/// A hold as a gateway shows it, checked: its digest is that of its binding, and its content that of the digests in the binding. So what a
/// person reads is what they sign, whatever the gateway would like them to sign.
/// </summary>
internal sealed class ShownHold
{
    private readonly JsonNode _json;

    private ShownHold(JsonNode json, Hash digest)
    {
        _json = json;
        Digest = digest;
    }

    public Hash Digest { get; }

    /// <exception cref="CommandFailureException">What is shown is not what the hold is bound to, or the hold has ended.</exception>
    public static ShownHold Check(JsonNode json, string id)
    {
        if (json["binding"] is not JsonObject binding || json["content"] is not JsonObject content)
        {
            throw No("the hold has ended; there is nothing to decide");
        }

        var canonical = CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(binding.ToJsonString()));
        if (TextOf(binding, "hold") != id)
        {
            throw No("the gateway shows another hold than the one that was asked for");
        }

        Match(binding, content, "body");
        Match(binding, content, "claims");
        Match(binding, content, "answer");
        if (binding["effect"] is JsonObject effect)
        {
            Match(effect, content, "arguments");
        }

        return new(json, Hash.Of(canonical));
    }

    /// <summary>The first seat that a key may fill: a free one, or for a refusal any.</summary>
    /// <returns>Its kind; null when there is none.</returns>
    public string? KindFor(string keyId, bool alsoFilled) => _json["seats"]?.AsArray()
        .Where(seat => (alsoFilled || seat?["person"] is null) && seat!["keys"]!.AsArray().Any(key => key!.GetValue<string>() == keyId))
        .Select(seat => seat!["seat"]!.GetValue<string>().Split('#')[0])
        .FirstOrDefault();

    /// <summary>All that a person needs to decide, for a terminal.</summary>
    public string Describe()
    {
        var (hold, binding, content) = (_json["hold"]!, _json["binding"]!, _json["content"]!);
        var text = new StringBuilder();
        Line("hold", $"{TextOf(hold, "id")} ({TextOf(hold, "kind")}, {TextOf(hold, "state")})");
        Line("asked by", $"{TextOf(binding, "principal")} in {TextOf(binding, "deployment")}, {TextOf(hold, "opened")}");
        Line("endpoint", $"{TextOf(binding, "endpoint")}{(TextOf(hold, "model") is { } model ? ", model " + model : "")}");
        foreach (var clause in hold["clauses"]!.AsArray())
        {
            Line("held by", $"{TextOf(clause!, "title")} ({TextOf(clause!, "id")})");
        }

        foreach (var seat in _json["seats"]!.AsArray())
        {
            Line("seat", $"{TextOf(seat!, "seat")}: {TextOf(seat!, "person") ?? "free"}");
        }

        Line("until", TextOf(hold, "expires"));
        Line("bundle", TextOf(binding, "bundle"));
        foreach (var name in new[] { "evidence", "headers" })
        {
            foreach (var value in binding[name]?.AsArray() ?? [])
            {
                Line(name, value!.GetValue<string>());
            }
        }

        if (binding["effect"] is { } effect)
        {
            Line("tool", TextOf(effect, "name"));
            Content("arguments");
        }

        Content("claims");
        Content("body");
        Content("answer");
        return text.ToString();

        void Line(string name, string? value) => text.Append(name.PadRight(10)).Append(Visible.Line(value)).Append('\n');

        void Content(string name)
        {
            if (TextOf(content, name) is { } value)
            {
                text.Append(name).Append('\n').Append(Visible.Block(ReadableJson.Decode(value))).Append('\n');
                foreach (var (place, inner) in ReadableJson.Inside(value))
                {
                    text.Append(name).Append(' ').Append(Visible.Line(place)).Append(", decoded\n");
                    text.Append(Visible.Block(inner)).Append('\n');
                }
            }
        }
    }

    private static void Match(JsonObject binding, JsonObject content, string name)
    {
        var shown = TextOf(content, name) is { } text ? Hash.Of(Encoding.UTF8.GetBytes(text)).ToHex() : null;
        if (TextOf(binding, name) != shown)
        {
            throw No($"what the gateway shows as {name} is not what the hold is bound to; nothing was signed");
        }
    }

    private static string? TextOf(JsonNode node, string name) =>
        node[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static CommandFailureException No(string why) => new(ExitCode.No, why);
}
