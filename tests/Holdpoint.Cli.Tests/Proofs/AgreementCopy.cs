using Holdpoint.Agreements;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Cli.Evidence;
using Holdpoint.Cli.Proofs;
using Holdpoint.Log.Notes;
using Holdpoint.Log.Signing;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Proofs;

/// <summary>
/// The shipped agreement in a folder of its own, with a key that it trusts for proofs, and a configuration that serves it.
/// </summary>
internal sealed class AgreementCopy : IDisposable
{
    private readonly TempFolder _folder = new();

    private AgreementCopy()
    {
    }

    public string Path => _folder["agreement"];

    public string ProofPath => _folder["agreement/proofs/of-the-test.json"];

    public string KeyPath => _folder["prover.key"];

    public string ConfigPath => _folder["holdpoint.yaml"];

    public Ed25519PrivateKey Key { get; private set; } = null!;

    public Agreement Agreement => AgreementFolder.Load(Path).Agreement!;

    public string this[string name] => _folder[name];

    /// <param name="predicate">What the key is trusted for.</param>
    /// <param name="until">The last day of that.</param>
    public static async Task<AgreementCopy> CreateAsync(string predicate = "proof/v1", string until = "2099-12-31")
    {
        var copy = new AgreementCopy();
        var shipped = Repo.Path("agreements", "red-lines");
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var to = System.IO.Path.Combine(copy.Path, System.IO.Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        var line = await KeygenAsync("prover", copy.KeyPath, predicate, until);
        copy.Key = SignerKeyFile.Read(copy.KeyPath);
        copy.Edit("agreement.yaml", "issuers: []", $"issuers:\n  {line}");
        using var logKey = NoteSigner.Generate("example.org/test");
        copy._folder.WriteKey("log.key", logKey.ExportPrivateKey());
        await File.WriteAllTextAsync(copy.ConfigPath, """
            listen: 127.0.0.1:0
            store: sqlite:holdpoint.db
            agreement: agreement
            log: { origin: example.org/test, key_file: log.key }
            upstreams:
              - { name: echo, kind: echo, models: [echo] }
            clients:
              - { key_sha256: "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", deployment: analysts-cloud, principal: p, rights: [call] }

            """);
        return copy;
    }

    /// <summary>Makes a further key, and gives its line for <c>issuers:</c>.</summary>
    public static async Task<string> KeygenAsync(string name, string path, string predicate = "proof/v1", string until = "2099-12-31")
    {
        var run = await CommandRun.StartAsync(
            "keygen", "signer", "--name", name, "--party", "agency", "--predicate", predicate, "--until", until, "--out", path);
        Assert.Equal(0, run.ExitCode);
        return run.Output.Trim();
    }

    public void Edit(string file, string from, string to)
    {
        var path = System.IO.Path.Combine(Path, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>A gap before a red line: theorem 1 does not hold.</summary>
    public void Loosen() => Edit(
        "clauses/mass-domestic-surveillance.cedar", "when { context.content.unattestedPersons > 5 };",
        "when { context.content.unattestedPersons > 5000 };");

    /// <summary>
    /// Leaves of an agreement's clauses and red lines those with these names and what permits the rest: what is asked of a few needs no
    /// proof of all.
    /// </summary>
    public static void Keep(string agreement, params string[] names)
    {
        foreach (var file in new[] { "clauses", "red-lines" }
            .SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(agreement, folder)))
            .Where(file => !names.Append("permitted-use").Contains(System.IO.Path.GetFileNameWithoutExtension(file))))
        {
            File.Delete(file);
        }
    }

    /// <summary>An envelope that says that the agreement as it is now was proved.</summary>
    public byte[] Envelope(Ed25519PrivateKey? key = null) => ProofStatement.Sign(
        Agreement, new AgreementProof(Agreement.Bundle, [SolverKind.Z3], Patience.First, []), key ?? Key, DateTimeOffset.UtcNow);

    public void Put(byte[] envelope, string name = "of-the-test.json")
    {
        Directory.CreateDirectory(_folder["agreement/proofs"]);
        File.WriteAllBytes(_folder[$"agreement/proofs/{name}"], envelope);
    }

    /// <summary>A folder for the search path with this one solver, a script that answers every question the same.</summary>
    public string SolverThatSays(string answer)
    {
        var folder = Directory.CreateDirectory(_folder["bin"]).FullName;
        File.WriteAllText(System.IO.Path.Combine(folder, "z3"), $$"""
            #!/bin/sh
            while read -r line; do
              case "$line" in
                '(echo "'*) mark=${line#*\"}; echo "${mark%\"*}" ;;
                *'(check-sat)') echo {{answer}} ;;
              esac
            done

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                System.IO.Path.Combine(folder, "z3"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    public void Dispose()
    {
        Key?.Dispose();
        _folder.Dispose();
    }
}
