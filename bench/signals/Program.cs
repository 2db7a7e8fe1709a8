using System.Globalization;
using Holdpoint.Signals.Bench;

// The number of rounds: what bench/signals/run calls.
if (args is not [var number] || !int.TryParse(number, CultureInfo.InvariantCulture, out var rounds) || rounds < 1)
{
    Console.Error.WriteLine("usage: ROUNDS");
    return 2;
}

Report.Write(Console.Out, rounds);
return 0;
