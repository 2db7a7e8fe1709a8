using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Bench;

/// <summary>A set of clauses that the one request is decided on.</summary>
public sealed record Scenario(string Name, string Policies)
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("10 clauses", RedLineClauses.Fitting(10)),
        new("100 clauses", RedLineClauses.Fitting(100)),
        new("1,000 clauses, 10 in reach", RedLineClauses.TenFitting(1_000)),
        new("1,000 clauses", RedLineClauses.Fitting(1_000)),
    ];

    public Authorizer Compile()
    {
        var parsed = PolicyParser.Parse(Policies);
        return parsed.IsValid
            ? PolicySet.Create(parsed.Policies).Compile()
            : throw new InvalidOperationException(parsed.Diagnostics[0].Describe(Policies));
    }

    public override string ToString() => Name;
}
