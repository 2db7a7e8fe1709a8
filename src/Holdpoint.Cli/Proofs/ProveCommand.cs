using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Cli.Evidence;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Log.Signing;

namespace Holdpoint.Cli.Proofs;

/// <summary><c>holdpoint prove DIR</c>: theorems 1 to 6 of an agreement, clause by clause.</summary>
internal static class ProveCommand
{
    private static readonly Argument<string> Folder = new("DIR") { Description = "The agreement's folder." };
    private static readonly Option<string?> Sign =
        new("--sign") { Description = "A signer's key file: sign the proof, if everything is proved." };
    private static readonly Option<string?> Out =
        new("--out") { Description = "The file for the signed proof; keep it in the agreement's folder, under proofs/." };

    private static readonly Dictionary<Theorem, string> Titles = new()
    {
        [Theorem.T1] = "red lines hold",
        [Theorem.T2] = "claims cannot loosen",
        [Theorem.T3] = "detectors cannot open",
        [Theorem.T4] = "no clause errs",
        [Theorem.T5] = "a hold is lifted only by what it names",
        [Theorem.T6] = "no dead clause",
    };

    public static Command Create()
    {
        var command = new Command(
            "prove", "Prove the theorems of an agreement. Exit code 0 when all are proved, 1 when one is not.")
        {
            Folder, Sign, Out, Solving.Json,
        };
        command.SetAction(ExecuteAsync);
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (sign, file) = (arguments.GetValue(Sign), arguments.GetValue(Out));
        if (sign is null != file is null)
        {
            throw CommandFailureException.Usage("--sign KEY and --out FILE belong together");
        }

        using var key = sign is null ? null : SignerKeyFile.Read(sign);
        var agreement = AgreementSource.Load(arguments.GetRequiredValue(Folder));
        if (key is not null)
        {
            RequireTrust(agreement, key);
        }

        var clock = Stopwatch.StartNew();

        // A proof that is signed is for machines that cannot prove it again: all solvers are heard, as for an activation.
        var patience = key is null ? Patience.First : Patience.All;
        var proof = await Solving.AskAsync(patience, solvers => new AgreementProver(solvers).ProveAsync(agreement, cancellationToken));
        var (output, people) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        if (arguments.GetValue(Solving.Json))
        {
            output.WriteLine(ProofJson.Of(proof));
        }
        else
        {
            Print(proof, clock.Elapsed, output);
        }

        if (key is not null && proof.IsProved)
        {
            Write(file!, SignedFor(agreement, proof, key));
            people.WriteLine($"signed: {file}");
        }
        else if (key is not null)
        {
            people.WriteLine("not signed: not everything is proved");
        }

        return proof.IsProved ? ExitCode.Ok : ExitCode.No;
    }

    /// <summary>Refuses a key whose proof <c>serve</c> would not accept, before anything is proved: a proof takes a while.</summary>
    private static void RequireTrust(Agreement agreement, Ed25519PrivateKey key)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (!agreement.Issuers.All.Any(i => i.Key.Equals(key.PublicKey) && i.MayIssue(PredicateType.Proof) && i.IsTrustedAt(now)))
        {
            throw CommandFailureException.Environment(
                "the agreement does not trust this key for proofs, so `serve` would not accept its signature;\n"
                + "list the key under issuers: in agreement.yaml, with predicates: [proof/v1] and a day in until: that has not passed");
        }
    }

    /// <summary>Signs, and reads the result back by the rules of <c>serve</c>: a file that it would refuse is not written.</summary>
    private static byte[] SignedFor(Agreement agreement, AgreementProof proof, Ed25519PrivateKey key)
    {
        var now = TimeProvider.System.GetUtcNow();
        var envelope = ProofStatement.Sign(agreement, proof, key, now);
        return ProofStatement.TryRead(agreement, envelope, now, out var fault) is not null
            ? envelope
            : throw CommandFailureException.Environment($"not signed, because `serve` would not accept it: {fault}");
    }

    /// <summary>Replaces an older proof in one step: a gateway that starts meanwhile finds the one or the other.</summary>
    private static void Write(string file, byte[] envelope)
    {
        var path = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".partial";
        File.WriteAllBytes(partial, envelope);
        File.Move(partial, path, overwrite: true);
    }

    private static void Print(AgreementProof proof, TimeSpan elapsed, TextWriter output)
    {
        output.WriteLine($"bundle {proof.Bundle}");
        foreach (var theorem in proof.Theorems.GroupBy(t => t.Theorem))
        {
            output.WriteLine();
            output.WriteLine($"{theorem.Key}  {Titles[theorem.Key]}");
            foreach (var result in theorem)
            {
                Print(result, output);
            }
        }

        output.WriteLine();
        var (proved, all) = (proof.Theorems.Count(t => t.Result == ProofResult.Proved), proof.Theorems.Length);
        var seconds = elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        output.WriteLine($"{(proof.IsProved ? "proved" : "not proved")}: {proved} of {all} in {seconds} s, "
            + $"by {string.Join(" and ", proof.Solvers).ToLowerInvariant()}");
    }

    private static void Print(TheoremResult result, TextWriter output)
    {
        var word = result.Result switch { ProofResult.Proved => "proved", ProofResult.Refuted => "REFUTED", _ => "not proved" };
        output.WriteLine($"    {result.Clause?.ToString() ?? "(the agreement)",-36} {word,-10} {(long)result.Time.TotalMilliseconds,6} ms");
        if (result.Why is { } why)
        {
            output.WriteLine($"        {why}");
        }

        switch (result.Witnesses)
        {
            case [var one]:
                output.WriteLine($"        {WitnessText.Describe(one)}");
                break;
            case [var first, var second, ..]:
                output.WriteLine($"        {WitnessText.Describe(second)}");
                output.WriteLine(
                    $"        is decided more leniently than the same request with less claimed or found: {WitnessText.Describe(first)}");
                break;
        }
    }
}
