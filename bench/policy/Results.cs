using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Holdpoint.Policy.Bench;

/// <summary>
/// Runs the benchmarks, and writes their numbers as a table beside those of cedar-wasm, with the goals and whether they are met.
/// </summary>
internal static class Results
{
    private const double GoalNanoseconds = 3_000;
    private const double GoalRatio = 2;

    /// <param name="folder">Holds <c>wasm.json</c>, what wasm.mjs measured: scenario to nanoseconds. Gets <c>table.md</c>.</param>
    /// <param name="isShort">Whether a look is enough; such numbers are never recorded.</param>
    public static void Measure(string folder, bool isShort)
    {
        // In this process: a project that the tool makes up would be built under this repository's rules.
        var job = (isShort ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .WithArtifactsPath(folder);
        var summary = BenchmarkRunner.Run<DecisionBenchmarks>(config);
        var wasm = JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(Path.Combine(folder, "wasm.json")))!;
        var order = Scenario.All.Select(s => s.Name).ToList();
        var rows = summary.Reports.Select(r => Row.Of(r, wasm)).OrderBy(r => order.IndexOf(r.Scenario)).ToList();
        using var table = new StreamWriter(Path.Combine(folder, "table.md"));
        Write(table, rows);
    }

    private static void Write(TextWriter output, List<Row> rows)
    {
        output.NewLine = "\n";
        output.WriteLine("| case | ns per decision | ± (99.9 %) | bytes | cedar-wasm, ns | ratio |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (var row in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Scenario} | {row.Mean:N0} | {row.Margin:N0} | {row.Bytes} | {row.Wasm:N0} | {row.Wasm / row.Mean:N0} |"));
        }

        var hundred = rows.Single(r => r.Scenario == Scenario.Hundred);
        var ratio = rows.Single(r => r.Scenario == Scenario.TenOfThousand).Mean / rows.Single(r => r.Scenario == Scenario.Ten).Mean;
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"- 100 clauses: {hundred.Mean:N0} ns and {hundred.Bytes} bytes, where {GoalNanoseconds:N0} ns and 0 bytes are allowed: "
                + $"**{Met(hundred.Mean <= GoalNanoseconds && hundred.Bytes == 0)}**"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"- 1,000 clauses with 10 in reach: {ratio:0.00} times the cost of 10, "
                + $"where {GoalRatio:0} times are allowed: **{Met(ratio <= GoalRatio)}**"));
    }

    private static string Met(bool isMet) => isMet ? "met" : "not met";

    private sealed record Row(string Scenario, double Mean, double Margin, long Bytes, double Wasm)
    {
        public static Row Of(BenchmarkReport report, Dictionary<string, double> wasm)
        {
            var name = report.BenchmarkCase.Parameters["Case"].ToString()!;
            var statistics = report.ResultStatistics ?? throw new InvalidOperationException($"{name} was not measured");
            return new(
                name, statistics.Mean, statistics.ConfidenceInterval.Margin,
                report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0, wasm[name]);
        }
    }
}
