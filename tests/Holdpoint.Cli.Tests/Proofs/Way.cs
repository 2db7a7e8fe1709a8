using System.Text.Json;

namespace Holdpoint.Cli.Tests.Proofs;

/// <summary>One way in which calls fare differently, as <c>--json</c> gives it, with its witness taken apart.</summary>
internal sealed class Way(JsonElement change)
{
    public static IEnumerable<Way> In(JsonElement difference) =>
        difference.GetProperty("changes").EnumerateArray().Select(change => new Way(change));

    public string Clause => change.GetProperty("clause").GetString()!;

    public string Before => change.GetProperty("before").GetString()!;

    public string After => change.GetProperty("after").GetString()!;

    public bool IsLooser => change.GetProperty("looser").GetBoolean();

    public string[] StoppedBy => [.. change.GetProperty("stoppedBy").EnumerateArray().Select(id => id.GetString()!)];

    public string Text => Witness.GetProperty("text").GetString()!;

    public bool IsCall => Request.GetProperty("action").GetProperty("id").GetString() == "invoke";

    public bool HasAuthority => Context.TryGetProperty("authority", out _);

    public bool IsSuspended => Context.GetProperty("suspended").GetBoolean();

    public string Environment => IdOf(Context.GetProperty("environment"));

    /// <summary>The effect of the tool; null for a call.</summary>
    public string? Effect => Witness.GetProperty("entities").EnumerateArray()
        .Where(entity => entity.GetProperty("uid").GetProperty("type").GetString() == "Holdpoint::Tool")
        .Select(entity => IdOf(entity.GetProperty("attrs").GetProperty("effect"))).FirstOrDefault();

    private JsonElement Witness => change.GetProperty("witness");

    private JsonElement Request => Witness.GetProperty("request");

    private JsonElement Context => Request.GetProperty("context");

    public bool Is(string before, string after) => Before == before && After == after && StoppedBy is [];

    /// <summary>A number of a part of the situation; 0 where it is not there.</summary>
    public long Count(string part, string name) => Find(part, name) is { } value ? value.GetInt64() : 0;

    /// <summary>The values of a set, or the one value, in a part of the situation; none where it is not there.</summary>
    public string[] Values(string part, string name) => Find(part, name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } set => [.. set.EnumerateArray().Select(IdOf)],
        { } value => [IdOf(value)],
    };

    private JsonElement? Find(string part, string name) =>
        Context.TryGetProperty(part, out var record) && record.TryGetProperty(name, out var value) ? value : null;

    private static string IdOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.GetProperty("__entity").GetProperty("id").GetString()!,
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
