using BenchmarkDotNet.Attributes;

namespace Holdpoint.Policy.Bench;

/// <summary>One decision with everything prepared: the set is compiled, request and entities are objects, the outcomes are kept.</summary>
[MemoryDiagnoser]
public class DecisionBenchmarks
{
    private readonly PolicyOutcomes _outcomes = new();
    private readonly Request _request = RedLineRequest.Read();
    private readonly EntityStore _entities = RedLineRequest.ReadEntities();
    private Authorizer _authorizer = null!;

    public static IEnumerable<Scenario> Scenarios => Scenario.All;

    [ParamsSource(nameof(Scenarios))]
    public Scenario Case { get; set; } = null!;

    [GlobalSetup]
    public void Compile() => _authorizer = Case.Compile();

    [Benchmark]
    public Decision Decide()
    {
        _authorizer.Evaluate(_request, _entities, _outcomes);
        return _outcomes.Decision;
    }
}
