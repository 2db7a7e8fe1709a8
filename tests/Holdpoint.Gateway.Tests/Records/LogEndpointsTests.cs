using System.Net;
using System.Net.Http.Headers;
using Holdpoint.Gateway.Records;
using Holdpoint.Log.Receipts;
using Holdpoint.Log.Verification;

namespace Holdpoint.Gateway.Tests.Records;

public sealed class LogEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(700)]
    public async Task The_log_that_is_served_verifies(int records)
    {
        await using var server = await LogServer.StartAsync();
        await server.Fixture.AppendManyAsync(records);
        await server.Signer.CoverAsync(records - 1, TimeSpan.FromSeconds(30), Cancellation);

        var whole = await LogVerifier.VerifyAsync(
            (path, _, _) => server.ReadAsync("audit", path), server.Signer.VerifierKey, cancellationToken: Cancellation);
        var hashes = await LogVerifier.VerifyAsync(
            (path, _, _) => server.ReadAsync(null, path), server.Signer.VerifierKey, cancellationToken: Cancellation);

        Assert.Empty(whole.Faults);
        Assert.True(whole.EntriesChecked);
        Assert.Equal(records, whole.Checkpoint!.Size);
        Assert.Equal(records, whole.Gateways[server.Fixture.Log.Gateway]);
        Assert.Empty(hashes.Faults);
        Assert.False(hashes.EntriesChecked);
    }

    [Fact]
    public async Task After_shredding_the_log_verifies_against_an_older_checkpoint()
    {
        await using var server = await LogServer.StartAsync();
        await server.Fixture.AppendManyAsync(300);
        var older = await server.Signer.CoverAsync(299, TimeSpan.FromSeconds(30), Cancellation);
        await server.Fixture.Log.ShredAsync("analysts-cloud", "analyst-7", Cancellation);
        await server.Fixture.AppendManyAsync(10);
        await server.Signer.CoverAsync(309, TimeSpan.FromSeconds(30), Cancellation);

        var whole = await LogVerifier.VerifyAsync(
            (path, _, _) => server.ReadAsync("audit", path),
            server.Signer.VerifierKey, older!.Note.ToArray(), cancellationToken: Cancellation);

        Assert.Empty(whole.Faults);
        Assert.Equal(310, whole.Checkpoint!.Size);
    }

    [Fact]
    public async Task Every_record_has_a_receipt_that_verifies_and_fits_no_other_record()
    {
        await using var server = await LogServer.StartAsync();
        await server.Fixture.AppendManyAsync(300);

        for (var i = 0; i < 300; i += 13)
        {
            using var response = await server.GetAsync($"/log/receipt/{i}");
            using var record = await server.GetAsync($"/log/record/{i}", "audit");
            using var other = await server.GetAsync($"/log/record/{(i + 1) % 300}", "audit");
            var receipt = await response.Content.ReadAsByteArrayAsync(Cancellation);
            var body = await record.Content.ReadAsByteArrayAsync(Cancellation);
            var otherBody = await other.Content.ReadAsByteArrayAsync(Cancellation);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var verified = Assert.IsType<ReceiptVerdict.Verified>(ReceiptVerifier.Verify(receipt, body, server.Signer.VerifierKey));
            Assert.Equal(i, verified.Index);
            Assert.IsType<ReceiptVerdict.Refused>(ReceiptVerifier.Verify(receipt, otherBody, server.Signer.VerifierKey));
        }
    }

    [Fact]
    public async Task Without_a_checkpoint_over_it_a_record_has_no_receipt_yet()
    {
        await using var server = await LogServer.StartAsync();
        await server.Fixture.AppendAsync();
        await server.Signer.DisposeAsync();
        await server.Fixture.AppendAsync();

        using var response = await server.GetAsync("/log/receipt/1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_record_is_for_auditors_and_its_own_principal()
    {
        await using var server = await LogServer.StartAsync();
        await server.Fixture.AppendAsync();
        await server.Fixture.AppendAsync(new RecordDraft { Kind = RecordKind.Start });
        await server.Fixture.AppendAsync(LogFixture.Ordinary with { Deployment = "other" });

        async Task<HttpStatusCode> StatusAsync(string path, string? key)
        {
            using var response = await server.GetAsync(path, key);
            return response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/log/record/0", null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/log/record/0", "audit"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/log/record/0", "analyst-7"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("/log/record/0", "analyst-8"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("/log/record/1", "analyst-7"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("/log/record/2", "analyst-7"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/log/record/2", "audit"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/log/record/3", "audit"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/log/tile/entries/000.p/3", null));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("/log/tile/entries/000.p/3", "analyst-7"));
    }

    [Theory]
    [InlineData("/log/record/-1")]
    [InlineData("/log/record/00")]
    [InlineData("/log/record/+1")]
    [InlineData("/log/record/1e1")]
    [InlineData("/log/record/9223372036854775808")]
    [InlineData("/log/receipt/99999")]
    [InlineData("/log/receipt/x")]
    [InlineData("/log/tile/0/001")]
    [InlineData("/log/tile/0/000")]
    [InlineData("/log/tile/0/000.p/6")]
    [InlineData("/log/tile/0/000.p/0")]
    [InlineData("/log/tile/0/000.p/256")]
    [InlineData("/log/tile/1/000.p/1")]
    [InlineData("/log/tile/63/000.p/1")]
    [InlineData("/log/tile/64/000.p/1")]
    [InlineData("/log/tile/-1/000.p/1")]
    [InlineData("/log/tile/0/x000/000.p/1")]
    [InlineData("/log/tile/0/x009/x223/x372/x036/x854/x775/807.p/1")]
    [InlineData("/log/tile/00/000.p/1")]
    [InlineData("/log/tile/0/0.p/1")]
    [InlineData("/log/tile/entries/001")]
    [InlineData("/log/tile")]
    [InlineData("/log/other")]
    public async Task What_is_not_there_is_404(string path)
    {
        await using var server = await LogServer.StartAsync();
        await server.Fixture.AppendManyAsync(5);
        await server.Signer.CoverAsync(4, TimeSpan.FromSeconds(30), Cancellation);

        using var response = await server.GetAsync(path, "audit");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_served_beyond_the_checkpoint()
    {
        await using var server = await LogServer.StartAsync();
        await server.Fixture.AppendManyAsync(5);
        await server.Signer.DisposeAsync();
        await server.Fixture.AppendAsync();

        using var within = await server.GetAsync("/log/tile/0/000.p/5");
        using var beyond = await server.GetAsync("/log/tile/0/000.p/6");

        Assert.Equal(HttpStatusCode.OK, within.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, beyond.StatusCode);
    }

    [Fact]
    public async Task Answers_say_what_they_are_and_how_long_they_keep()
    {
        await using var server = await LogServer.StartAsync();
        await server.Fixture.AppendManyAsync(5);
        await server.Signer.CoverAsync(4, TimeSpan.FromSeconds(30), Cancellation);

        async Task ExpectAsync(string path, string type, string cache)
        {
            using var response = await server.GetAsync(path, "audit");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(type, response.Content.Headers.ContentType!.ToString());
            Assert.Equal(CacheControlHeaderValue.Parse(cache), response.Headers.CacheControl);
        }

        await ExpectAsync("/log/checkpoint", "text/plain; charset=utf-8", "no-cache");
        await ExpectAsync("/log/vkey", "text/plain; charset=utf-8", "no-cache");
        await ExpectAsync("/log/tile/0/000.p/5", "application/octet-stream", "public, max-age=31536000, immutable");
        await ExpectAsync("/log/tile/entries/000.p/5", "application/octet-stream", "private, max-age=31536000, immutable");
        await ExpectAsync("/log/record/0", "application/json", "private, max-age=31536000, immutable");
        await ExpectAsync("/log/receipt/0", "text/plain; charset=utf-8", "no-store");
    }

    [Fact]
    public async Task The_key_that_is_served_is_the_logs()
    {
        await using var server = await LogServer.StartAsync();
        using var response = await server.GetAsync("/log/vkey");

        Assert.Equal(server.Signer.VerifierKey + "\n", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_503_and_nothing_more()
    {
        await using var server = await LogServer.StartAsync();
        await server.Fixture.AppendAsync();
        await server.Signer.DisposeAsync();
        await server.Fixture.CloseAsync();

        using var response = await server.GetAsync("/log/record/0", "audit");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("store_unavailable\n", await response.Content.ReadAsStringAsync(Cancellation));
    }
}
