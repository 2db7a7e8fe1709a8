using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Cli.Proofs;
using Holdpoint.Log.Signing;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Serve;

/// <summary>
/// The real executable, serving: as a process of its own, so that it can be stopped and killed as operators and machines do.
/// </summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    public const string Key = "hp_analyst";
    public const string AuditorKey = "hp_auditor";
    public const string ReviewerKey = "hp_reviewer";

    public const string OperatorKey = "hp_operator";

    private const int HangUpSignal = 1;
    private const int Terminate = 15;

    private readonly TempFolder _folder = new();
    private readonly Ed25519PrivateKey _prover = Ed25519PrivateKey.Generate();
    private readonly ConcurrentQueue<string> _errorLines = new();
    private Process? _process;
    private Task<string>? _errors;
    private string? _shell;
    private string? _path;

    private GatewayProcess()
    {
    }

    private string ProverLine =>
        $"- {{ name: prover, party: agency, key: \"{Convert.ToBase64String(_prover.PublicKey.Bytes)}\", predicates: "
        + $"[proof/v1], until: 2099-12-31 }}";

    public int Id => _process!.Id;

    public Uri Address { get; private set; } = null!;

    public string VerifierKey { get; private set; } = "";

    public string ConfigPath => _folder["holdpoint.yaml"];

    public string this[string name] => _folder[name];

    /// <param name="upstream">Base address for <c>gpt-*</c> (OpenAI) and <c>claude-*</c> (Anthropic); null for echo alone.</param>
    /// <param name="tools">YAML lines under <c>tools:</c> of the agreement.</param>
    /// <param name="clause">A clause that the agreement has beside the shipped ones.</param>
    /// <param name="issuers">Lines under <c>issuers:</c> of the agreement.</param>
    /// <param name="settings">Further YAML of the configuration.</param>
    /// <param name="shell">What a shell does before it becomes the gateway, such as setting a limit.</param>
    /// <param name="path">Its search path, such as one without solvers; null for that of the tests.</param>
    public static async Task<GatewayProcess> StartAsync(
        string? upstream = null,
        string tools = "",
        string? clause = null,
        IEnumerable<string>? issuers = null,
        string settings = "",
        string? shell = null,
        string? path = null)
    {
        var gateway = new GatewayProcess { _shell = shell, _path = path };
        await gateway.PrepareAsync(upstream, tools, issuers);
        if (clause is not null)
        {
            await File.WriteAllTextAsync(gateway[Path.Combine("agreement", "clauses", "of-the-test.cedar")], clause);
        }

        await File.AppendAllTextAsync(gateway.ConfigPath, settings);
        await gateway.StartAgainAsync();
        return gateway;
    }

    public async Task StartAgainAsync()
    {
        Vouch();
        BeginStart();
        var line = await _process!.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.True(line?.StartsWith("ready ", StringComparison.Ordinal), $"not ready: {line}{(line is null ? await _errors! : "")}");
        Address = new Uri(line!["ready ".Length..]);
    }

    /// <summary>Begins a start for which solvers are asked, and does not wait until it is ready.</summary>
    /// <param name="path">Where the solvers are.</param>
    public void BeginUnvouchedStart(string path)
    {
        Directory.Delete(_folder[Path.Combine("agreement", "proofs")], recursive: true);
        _path = path;
        BeginStart();
    }

    /// <summary>SIGHUP, after which the gateway reads its configuration again.</summary>
    public void HangUp() => _ = SendSignal(Id, HangUpSignal);

    /// <summary>
    /// Vouches for the agreement as it is now, so that a start asks no solver. One that does not load, or that lists its own issuers, is
    /// left to the gate.
    /// </summary>
    public void Vouch()
    {
        if (AgreementFolder.Load(_folder["agreement"]).Agreement is not { } agreement)
        {
            return;
        }

        Directory.CreateDirectory(_folder[Path.Combine("agreement", "proofs")]);
        var proof = new AgreementProof(agreement.Bundle, [SolverKind.Z3], Patience.First, []);
        File.WriteAllBytes(
            _folder[Path.Combine("agreement", "proofs", "of-the-test.json")],
            ProofStatement.Sign(agreement, proof, _prover, DateTimeOffset.UtcNow));
    }

    /// <summary>What it wrote to standard error, once it has ended.</summary>
    public Task<string> ErrorsAsync() => _errors!;

    /// <summary>Waits until it has written a line with this word to standard error.</summary>
    public Task ErrorLineAsync(string word) => Eventually.FindAsync(
        () => Task.FromResult(_errorLines.FirstOrDefault(line => line.Contains(word, StringComparison.Ordinal))), "a line with " + word);

    /// <summary>Asks it to stop and does not wait.</summary>
    public void BeginStop() => _ = SendSignal(Id, Terminate);

    /// <summary>SIGTERM, as an operator stops it.</summary>
    public async Task<int> StopAsync()
    {
        BeginStop();
        return await EndAsync();
    }

    /// <summary>Waits until it has ended.</summary>
    public async Task<int> EndAsync()
    {
        await _process!.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL, as a machine dies.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
        _prover.Dispose();
        _folder.Dispose();
    }

    private void BeginStart()
    {
        string[] serve = ["dotnet", Path.Combine(AppContext.BaseDirectory, "holdpoint.dll"), "serve", "--config", ConfigPath];
        string[] command = _shell is null ? serve : ["sh", "-c", _shell + "; exec \"$@\"", "sh", .. serve];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TEST_PROVIDER_KEY"] = "sk-provider-secret";
        if (_path is not null)
        {
            start.Environment["PATH"] = _path;
        }

        _process = Process.Start(start)!;
        _errors = ReadErrorsAsync(_process.StandardError);
    }

    private async Task<string> ReadErrorsAsync(StreamReader errors)
    {
        var text = new StringBuilder();
        while (await errors.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            text.Append(line).Append('\n');
            _errorLines.Enqueue(line);
        }

        return text.ToString();
    }

    private async Task PrepareAsync(string? upstream, string tools, IEnumerable<string>? issuers)
    {
        var shipped = Repo.Path("agreements", "red-lines");
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = _folder[Path.Combine("agreement", Path.GetRelativePath(shipped, file))];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var facts = _folder[Path.Combine("agreement", "agreement.yaml")];
        await File.WriteAllTextAsync(
            facts, (await File.ReadAllTextAsync(facts)).Replace("\ntools:\n", "\ntools:\n" + tools, StringComparison.Ordinal)
            .Replace("issuers: []", "issuers:\n  " + string.Join("\n  ", [.. issuers ?? [], ProverLine]), StringComparison.Ordinal));
        var keygen = await CommandRun.StartAsync("keygen", "log", "--origin", "example.org/test", "--out", _folder["log.key"]);
        Assert.Equal(0, keygen.ExitCode);
        VerifierKey = keygen.Output.Trim();
        var openAi = upstream is null
            ? ""
            : $"  - {{ name: fake, kind: openai, url: \"{upstream}\", key_env: TEST_PROVIDER_KEY, models: [\"gpt-*\"] }}\n"
                + $"  - {{ name: claude, kind: anthropic, url: \"{upstream}\", key_env: TEST_PROVIDER_KEY, models: [\"claude-*\"] }}\n";
        await File.WriteAllTextAsync(ConfigPath, $"""
            listen: 127.0.0.1:0
            store: sqlite:holdpoint.db
            agreement: agreement
            log: {"{ origin: example.org/test, key_file: log.key }"}
            upstreams:
              - {"{ name: echo, kind: echo, models: [echo] }"}
            {openAi}clients:
              {ClientLine(Key, "analyst-7", "call")}
              {ClientLine(AuditorKey, "auditor-1", "audit")}
              {ClientLine(ReviewerKey, "desk-1", "review")}
              {ClientLine(OperatorKey, "operator-1", "operate")}

            """);
    }

    private static string ClientLine(string key, string principal, string right) =>
        $"- {{ key_sha256: \"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}\", deployment: analysts-cloud, "
        + $"principal: {principal}, rights: [{right}] }}";

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);
}
