using Holdpoint.Evasion.Bench;

Case[] cases = [.. PhraseCases.All(), .. PeopleCases.All()];
var tried = cases.Select(static c => (Case: c, IsCaught: c.IsCaught())).ToArray();
Console.WriteLine("# What gets past the detectors\n");
Console.WriteLine("Made by `bench/evasion/run`, which ends with 1 when something passes that is meant to be caught.\n");
Console.WriteLine("| what | how | caught | of | meant to be caught |\n|---|---|---:|---:|---|");
foreach (var row in tried.GroupBy(static t => (t.Case.Row, t.Case.Name, t.Case.IsMeant)))
{
    Console.WriteLine($"| {row.Key.Row} | {row.Key.Name.Replace("|", "\\|", StringComparison.Ordinal)} | "
        + $"{row.Count(static t => t.IsCaught)} | {row.Count()} | {(row.Key.IsMeant ? "yes" : "no: documented")} |");
}

var passed = tried.Count(static t => t.Case.IsMeant && !t.IsCaught);
Console.WriteLine($"\n{cases.Length} attempts, {tried.Count(static t => t.IsCaught)} caught; {passed} passed that are meant to be caught.");
return passed == 0 ? 0 : 1;
