using System.Net;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Tests.Decisions;

namespace Holdpoint.Gateway.Tests.Hosting;

/// <summary>A gateway whose store is taken away answers nothing more, says so, and does not go on as if nothing had been.</summary>
public sealed class LostStoreTests
{
    [Theory]
    [InlineData("holdpoint.db")]
    [InlineData("holdpoint.db-wal")]
    public async Task Nothing_is_answered_before_the_next_start(string file)
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await gateway.ChatAsync("hello")).Status);

        File.Delete(Path.Combine(gateway.Folder, file));
        var answer = await gateway.ChatAsync("hello");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("record_unavailable", answer.Json["error"]!["code"]!.GetValue<string>());
        Assert.DoesNotContain("Holdpoint-Record", answer.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.SendAsync(HttpMethod.Get, "/readyz", null, null)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.SendAsync(HttpMethod.Get, "/log/receipt/0", null, null)).Status);
        var status = await gateway.StatusAsync();
        Assert.Equal("failing", status["state"]!.GetValue<string>());
        Assert.StartsWith("store_removed: ", status["store_fault"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_is_not_called_notices_by_itself()
    {
        await using var gateway = await TestGateway.StartAsync();

        File.Delete(Path.Combine(gateway.Folder, "holdpoint.db"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.SendAsync(HttpMethod.Get, "/readyz", null, null)).Status);
    }

    [Fact]
    public async Task A_start_without_the_store_is_refused_by_the_guard()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.ChatAsync("hello");
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(HttpMethod.Get, "/log/receipt/2", null, null)).Status);
        File.Delete(Path.Combine(gateway.Folder, "holdpoint.db"));
        await gateway.ChatAsync("hello");
        await gateway.StopAsync();
        File.Delete(Path.Combine(gateway.Folder, "holdpoint.db-wal"));

        var refused = await Assert.ThrowsAsync<GatewayStartException>(gateway.StartAgainAsync);

        Assert.Contains("this key has signed a log of", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_copy_that_is_written_over_the_open_file_is_not_answered_from()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.StopAsync();
        var store = Path.Combine(gateway.Folder, "holdpoint.db");
        var older = await File.ReadAllBytesAsync(store, TestContext.Current.CancellationToken);
        await gateway.StartAgainAsync();
        for (var i = 0; i < 60; i++)
        {
            await gateway.ChatAsync("hello");
        }

        await gateway.StopAsync();
        await gateway.StartAgainAsync();
        await File.WriteAllBytesAsync(store, older, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(store, DateTime.UtcNow.AddSeconds(-1));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.ChatAsync("hello")).Status);
    }
}
