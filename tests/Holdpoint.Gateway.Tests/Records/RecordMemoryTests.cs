using System.Collections.Concurrent;
using System.Text.Json;
using Holdpoint.Gateway.Records;
using Holdpoint.Gateway.Storage;
using Holdpoint.Log;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Records;

/// <summary>Records are rendered into memory that is used again: no record may see another's, and none may cost much of its own.</summary>
public sealed class RecordMemoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_that_are_made_at_once_hold_their_own_content_each()
    {
        await using var fixture = await LogFixture.OpenAsync();
        ConcurrentDictionary<long, string> expected = [];

        await Task.WhenAll(Enumerable.Range(0, 32).Select(task => Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                var name = $"m{task}.{i}." + new string('x', i);
                expected[await fixture.AppendAsync(Named(name))] = name;
            }
        })));

        Assert.Equal(32 * 40, expected.Count);
        foreach (var (index, name) in expected)
        {
            await AssertIsAsync(fixture, index, name);
        }
    }

    [Fact]
    public async Task A_record_whose_waiter_gave_up_keeps_its_memory_until_it_is_written()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendAsync();
        var impatient = await RecordLog.OpenAsync(
            fixture.Store, fixture.Time, longestWait: TimeSpan.FromMilliseconds(50), cancellationToken: Cancellation);
        using var stuck = new ManualResetEventSlim();
        var holding = fixture.Store.WriteAsync(
            _ =>
            {
                stuck.Wait(Cancellation);
                return 0;
            },
            Cancellation);

        var first = impatient.AppendAsync(Named("first"));
        var second = impatient.AppendAsync(Named("second"));
        await Assert.ThrowsAsync<RecordUnavailableException>(() => first);
        var third = impatient.AppendAsync(Named("third"));
        await Assert.ThrowsAsync<RecordUnavailableException>(() => second);
        await Assert.ThrowsAsync<RecordUnavailableException>(() => third);

        stuck.Set();
        await holding;
        await fixture.Store.WriteAsync(_ => 0, Cancellation);
        string[] names = ["first", "second", "third"];
        for (var i = 0; i < names.Length; i++)
        {
            await AssertIsAsync(fixture, index: i + 1, names[i]);
        }
    }

    [Fact]
    public void Memory_that_is_given_back_is_lent_again_without_what_was_private_in_it()
    {
        var records = new RenderedRecords();
        var record = records.Rent();
        record.Render(LogFixture.Ordinary, "g", null, DateTimeOffset.UnixEpoch);
        var secret = record.Disclosures;
        Assert.NotEqual(-1, secret.IndexOfAnyExcept((byte)0));

        records.Return(record);

        Assert.Equal(-1, secret.IndexOfAnyExcept((byte)0));
        Assert.Same(record, records.Rent());
        Assert.Equal(0, record.Length);
        Assert.NotSame(record, records.Rent());
    }

    [Fact]
    public void A_record_that_took_much_memory_does_not_keep_it()
    {
        var records = new RenderedRecords();
        var large = records.Rent();
        large.Render(
            LogFixture.Ordinary with { Coverage = new Coverage(1, 1, new byte[1 << 20]) }, "g", null, DateTimeOffset.UnixEpoch);

        records.Return(large);

        Assert.NotSame(large, records.Rent());
    }

    [Fact]
    public void Salts_are_given_out_once()
    {
        ConcurrentBag<Hash> salts = [];
        Parallel.For(0, 2_000, _ =>
        {
            Span<byte> salt = stackalloc byte[Hash.Size];
            Salts.Take(salt[..Disclosure.SaltBytes]);
            salts.Add(Hash.FromBytes(salt));
        });

        Assert.Equal(2_000, salts.Distinct().Count());
        Assert.DoesNotContain(Hash.Zero, salts);
    }

    [Fact]
    public void Rendering_allocates_nothing()
    {
        var record = new RenderedRecord();
        var pseudonym = new Pseudonym(1, "d", "p", new byte[16]);

        var allocated = Allocations.Of(
            () => record.Render(LogFixture.Ordinary, "gateway", pseudonym, DateTimeOffset.UnixEpoch), times: 100);

        Assert.InRange(allocated, 0, 100);
    }

    [Fact]
    public async Task Appending_and_writing_a_record_allocate_little()
    {
        const int Records = 200;
        await using var fixture = await LogFixture.OpenAsync();
        long leastAppending = long.MaxValue, leastWriting = long.MaxValue;
        for (var round = 0; round < 6; round++)
        {
            // The appends and the two probes become one batch, in this order.
            using var open = new ManualResetEventSlim();
            using var entered = new ManualResetEventSlim();
            var held = fixture.Store.WriteAsync(
                _ =>
                {
                    entered.Set();
                    open.Wait(Cancellation);
                    return 0;
                },
                Cancellation);
            entered.Wait(Cancellation);
            var (before, after) = (new Probe(), new Probe());
            var appends = new Task<long>[Records];
            Assert.Null(fixture.Store.Enqueue(before));
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Records; i++)
            {
                appends[i] = fixture.Log.AppendAsync(LogFixture.Ordinary);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.Null(fixture.Store.Enqueue(after));
            open.Set();
            await held;
            await Task.WhenAll(appends);
            leastAppending = Math.Min(leastAppending, allocated);
            leastWriting = Math.Min(
                leastWriting, (await after.Executed) - (await before.Executed) + (await after.Ended) - (await before.Ended));
        }

        // The job, its task and what completes it; no text. A tile's bytes, once in 256 records, are what writing makes.
        Assert.InRange(leastAppending / Records, 1, 400);
        Assert.InRange(leastWriting / Records, 0, 100);
    }

    private static RecordDraft Named(string name) => LogFixture.Ordinary with
    {
        Model = name,
        Commitments = [Commitment.OfText("model", name)],
    };

    private static async Task AssertIsAsync(LogFixture fixture, long index, string name)
    {
        using var record = JsonDocument.Parse(await fixture.RecordAsync(index));
        Assert.Equal(name, record.RootElement.GetProperty("model").GetString());
        var disclosures = await fixture.DisclosuresAsync(index);
        Assert.Equal(
            [
                record.RootElement.GetProperty("commitments").GetProperty("model").GetString(),
                record.RootElement.GetProperty("coverage").GetProperty("digest").GetString(),
            ],
            disclosures.Select(Disclosure.DigestOf));
    }

    /// <summary>Reads what the writer's thread has allocated, where it stands in the batch.</summary>
    private sealed class Probe : WriteJob
    {
        private readonly TaskCompletionSource<long> _executed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<long> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<long> Executed => _executed.Task;

        public Task<long> Ended => _ended.Task;

        public override void Execute(StoreConnection connection) => _executed.SetResult(GC.GetAllocatedBytesForCurrentThread());

        public override void Committed() => _ended.SetResult(GC.GetAllocatedBytesForCurrentThread());

        public override void Failed(StoreUnavailableException why) => _ended.SetException(why);
    }
}
