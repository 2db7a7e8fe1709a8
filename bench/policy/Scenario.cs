using System.Text.Json;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Bench;

/// <summary>A set of clauses that the one request is decided on.</summary>
public sealed record Scenario(string Name, string Policies)
{
    internal const string Ten = "10 clauses";
    internal const string Hundred = "100 clauses";
    internal const string TenOfThousand = "1,000 clauses, 10 in reach";
    internal const string Thousand = "1,000 clauses";

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new(Ten, RedLineClauses.Fitting(10)),
        new(Hundred, RedLineClauses.Fitting(100)),
        new(TenOfThousand, RedLineClauses.TenFitting(1_000)),
        new(Thousand, RedLineClauses.Fitting(1_000)),
    ];

    /// <summary>Writes what wasm.mjs needs to ask the same: the texts of all sets, the request and the entities.</summary>
    public static void Export(string folder) => File.WriteAllText(
        Path.Combine(folder, "scenarios.json"),
        JsonSerializer.Serialize(new
        {
            request = JsonSerializer.Deserialize<JsonElement>(RedLineRequest.Json),
            entities = JsonSerializer.Deserialize<JsonElement>(RedLineRequest.Entities),
            sets = All.ToDictionary(s => s.Name, s => s.Policies),
        }));

    public Authorizer Compile()
    {
        var parsed = PolicyParser.Parse(Policies);
        return parsed.IsValid
            ? PolicySet.Create(parsed.Policies).Compile()
            : throw new InvalidOperationException(parsed.Diagnostics[0].Describe(Policies));
    }

    public override string ToString() => Name;
}
