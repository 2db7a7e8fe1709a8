using Holdpoint.Policy.Bench;

Smoke.Run(Console.Out);
