using System.Text.Json;
using Holdpoint.Gateway.Records;

namespace Holdpoint.Gateway.Tests.Records;

public sealed class ShredTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_shredded_is_in_no_file_any_more_and_the_log_is_as_it_was()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendManyAsync(300);
        await fixture.AppendAsync(LogFixture.Ordinary with { Principal = "somebody-else" });
        var head = await fixture.Log.HeadAsync(Cancellation);
        var disclosure = (await fixture.DisclosuresAsync(7))[0];
        var salt = (await fixture.Store.ReadAsync(RecordTables.Pseudonyms, Cancellation)).Single(s => s.Principal == "analyst-7").Salt;
        Assert.True(FilesHold(fixture.Folder, salt));
        Assert.True(FilesHold(fixture.Folder, System.Text.Encoding.ASCII.GetBytes(disclosure)));

        var shredded = await fixture.Log.ShredAsync("analysts-cloud", "analyst-7", Cancellation);

        Assert.Equal(300, shredded);
        Assert.False(FilesHold(fixture.Folder, salt));
        Assert.False(FilesHold(fixture.Folder, System.Text.Encoding.ASCII.GetBytes(disclosure)));
        Assert.False(FilesHold(fixture.Folder, "analyst-7"u8.ToArray()));
        Assert.Equal(3, (await fixture.DisclosuresAsync(300)).Length);
        Assert.Equal(head, await fixture.Log.HeadAsync(Cancellation));
        await fixture.ReopenAsync();
        Assert.Equal(head, await fixture.Log.HeadAsync(Cancellation));
    }

    [Fact]
    public async Task A_shredded_principal_comes_back_under_another_pseudonym()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendAsync();
        var before = fixture.Log.PseudonymOf("analysts-cloud", "analyst-7");

        await fixture.Log.ShredAsync("analysts-cloud", "analyst-7", Cancellation);
        Assert.Null(fixture.Log.PseudonymOf("analysts-cloud", "analyst-7"));
        await fixture.AppendAsync();

        var after = fixture.Log.PseudonymOf("analysts-cloud", "analyst-7");
        Assert.NotEqual(before, after);
        Assert.Equal(before, PrincipalOf(await fixture.RecordAsync(0)));
        Assert.Equal(after, PrincipalOf(await fixture.RecordAsync(1)));
        await fixture.ReopenAsync();
        Assert.Equal(after, fixture.Log.PseudonymOf("analysts-cloud", "analyst-7"));
    }

    [Fact]
    public async Task Records_that_wait_behind_a_shredding_do_not_bring_the_old_pseudonym_back()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendAsync();
        var before = fixture.Log.PseudonymOf("analysts-cloud", "analyst-7");
        using var entered = new ManualResetEventSlim();
        using var open = new ManualResetEventSlim();
        var held = fixture.Store.WriteAsync(
            _ =>
            {
                entered.Set();
                open.Wait();
                return 0;
            },
            Cancellation);
        entered.Wait(Cancellation);

        var ahead = fixture.AppendAsync();
        var shredding = fixture.Log.ShredAsync("analysts-cloud", "analyst-7", Cancellation);
        var behind = fixture.AppendAsync();
        open.Set();
        await held;
        await shredding;

        Assert.Equal(before, PrincipalOf(await fixture.RecordAsync(await ahead)));
        Assert.NotEqual(before, PrincipalOf(await fixture.RecordAsync(await behind)));
        Assert.Empty(await fixture.DisclosuresAsync(await ahead));
        Assert.NotEmpty(await fixture.DisclosuresAsync(await behind));
    }

    [Fact]
    public async Task A_principal_of_another_deployment_is_another_subject()
    {
        await using var fixture = await LogFixture.OpenAsync();
        await fixture.AppendAsync();
        await fixture.AppendAsync(LogFixture.Ordinary with { Deployment = "other" });

        Assert.NotEqual(PrincipalOf(await fixture.RecordAsync(0)), PrincipalOf(await fixture.RecordAsync(1)));
        Assert.Equal(1, await fixture.Log.ShredAsync("other", "analyst-7", Cancellation));
        Assert.NotEmpty(await fixture.DisclosuresAsync(0));
    }

    private static string? PrincipalOf(string record)
    {
        using var json = JsonDocument.Parse(record);
        return json.RootElement.GetProperty("principal").GetString();
    }

    private static bool FilesHold(string folder, byte[] bytes) =>
        Directory.EnumerateFiles(folder, "holdpoint.db*").Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)).Any(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content.AsSpan().IndexOf(bytes) >= 0;
        });
}
