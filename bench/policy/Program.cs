using Holdpoint.Policy.Bench;

// smoke | export FOLDER | measure FOLDER [--short]: what bench/policy/run calls, in this order but for the first.
switch (args)
{
    case ["smoke"]:
        Smoke.Run(Console.Out);
        return 0;
    case ["export", var folder]:
        Scenario.Export(folder);
        return 0;
    case ["measure", var folder]:
        Results.Measure(folder, isShort: false);
        return 0;
    case ["measure", var folder, "--short"]:
        Results.Measure(folder, isShort: true);
        return 0;
    default:
        Console.Error.WriteLine("usage: smoke | export FOLDER | measure FOLDER [--short]");
        return 2;
}
