using System.Text;
using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Log.Notes;
using Holdpoint.Testing;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Tests.Records;

/// <summary>A log in a folder of its own, that a test can close and open again.</summary>
internal sealed class LogFixture : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    private LogFixture()
    {
    }

    public ManualTimeProvider Time { get; } = new();

    public string Folder => _folder.FullName;

    public string DatabasePath => _folder["holdpoint.db"];

    public Store Store { get; private set; } = null!;

    public RecordLog Log { get; private set; } = null!;

    public NoteSigner Key { get; } = NoteSigner.Generate("example.org/log");

    public string GuardPath => _folder["log.key.signed"];

    public static async Task<LogFixture> OpenAsync(Func<StoreOptions, StoreOptions>? options = null)
    {
        var fixture = new LogFixture();
        await fixture.ReopenAsync(options);
        return fixture;
    }

    public async Task ReopenAsync(Func<StoreOptions, StoreOptions>? options = null)
    {
        await CloseAsync();
        var plain = new StoreOptions { Path = DatabasePath };
        Store = GatewayStore.Open(options?.Invoke(plain) ?? plain, Time);
        Log = await RecordLog.OpenAsync(Store, Time, cancellationToken: TestContext.Current.CancellationToken);
    }

    public async Task CloseAsync()
    {
        if (Store is { } store)
        {
            Store = null!;
            await store.DisposeAsync();
        }
    }

    public Task<long> AppendAsync(RecordDraft? draft = null) => Log.AppendAsync(draft ?? Ordinary);

    public async Task AppendManyAsync(int count)
    {
        var appends = new Task<long>[count];
        for (var i = 0; i < count; i++)
        {
            appends[i] = AppendAsync();
        }

        await Task.WhenAll(appends);
    }

    public async Task<string> RecordAsync(long index)
    {
        var body = await Store.ReadAsync(c => RecordTables.Body(c, index), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(body!);
    }

    public Task<CheckpointSigner> SignerAsync() =>
        CheckpointSigner.OpenAsync(Store, Log, Key, GuardPath, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Changes the database past the gateway.</summary>
    public void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async Task<string[]> DisclosuresAsync(long index)
    {
        var body = await Store.ReadAsync(c => RecordTables.Disclosures(c, index), TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(body ?? []).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Key.Dispose();
        _folder.Dispose();
    }

    /// <summary>A draft with every ordinary field of a call.</summary>
    public static RecordDraft Ordinary { get; } = new()
    {
        Kind = RecordKind.Call,
        Endpoint = "/v1/chat/completions",
        Deployment = "analysts-cloud",
        Principal = "analyst-7",
        Model = "echo",
        Bundle = Hash.Of("bundle"u8),
        Verdict = RecordedVerdict.Refuse,
        Cause = "clause",
        Clauses = ["bulk-acquired", "mass-surveillance"],
        CedarAllows = false,
        Evidence = ["sha256:" + Hash.Of("evidence"u8).ToHex()],
        Exposure = new RecordedExposure(12, 40, 0),
        Coverage = new Coverage(3, 1_024, "[{\"path\":\"/messages/0/content\",\"result\":\"clear\"}]"u8.ToArray()),
        Commitments =
        [
            Commitment.OfDigest("body", Hash.Of("a body"u8)),
            new Commitment("situation", "{\"environment\":\"unattested\"}"u8.ToArray()),
        ],
        Status = 403,
    };
}
