using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Holdpoint.Cli.Tests.Log;

public sealed class VerifyLogTests : IDisposable
{
    private readonly LogFiles _files = new();

    public void Dispose() => _files.Dispose();

    private Task<CommandRun> VerifyAsync(string source, params string[] more) =>
        CommandRun.StartAsync(["verify", "log", source, "--key", _files.Key, .. more]);

    [Fact]
    public async Task An_exported_log_verifies()
    {
        var run = await VerifyAsync(_files.Folder, "--since", _files["since"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains(
            "checked: checkpoint, entries, 3 tiles, the records' sequences of 2 gateways", run.Output, StringComparison.Ordinal);
        Assert.Contains("consistent with the older checkpoint of 100 entries", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_file_is_named()
    {
        var tile = Path.Combine(_files.Folder, "tile/entries/001.p/44");
        var bytes = File.ReadAllBytes(tile);
        bytes[20] ^= 1;
        File.WriteAllBytes(tile, bytes);

        var run = await VerifyAsync(_files.Folder);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("leaf 256 (tile/entries/001.p/44)", run.Output, StringComparison.Ordinal);

        run = await VerifyAsync(_files.Folder, "--json");
        using var answer = JsonDocument.Parse(run.Output);
        Assert.False(answer.RootElement.GetProperty("verified").GetBoolean());
        Assert.Contains(
            answer.RootElement.GetProperty("faults").EnumerateArray(), f => f.GetProperty("code").GetString() == "entry_mismatch");
    }

    [Fact]
    public async Task A_cut_log_shows_against_an_older_checkpoint()
    {
        _files.Write("since", _files.Log.Checkpoint());
        _files.Log.Entries.RemoveRange(200, 100);
        _files.Export();

        Assert.Equal(0, (await VerifyAsync(_files.Folder)).ExitCode);
        var run = await VerifyAsync(_files.Folder, "--since", _files["since"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("its tail was cut", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_served_log_verifies_as_far_as_the_reader_may_look()
    {
        await using var server = await ServeAsync();

        var run = await VerifyAsync(server.Urls.Single() + "/log");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("NOT checked", run.Output, StringComparison.Ordinal);

        run = await CommandRun.StartWithAsync(
            new() { ["AUDIT_KEY"] = "secret" }, "verify", "log", server.Urls.Single() + "/log",
            "--key", _files.Key, "--api-key-env", "AUDIT_KEY", "--json");
        using var answer = JsonDocument.Parse(run.Output);
        Assert.Equal(0, run.ExitCode);
        Assert.True(answer.RootElement.GetProperty("entriesChecked").GetBoolean());
        Assert.Equal(150, answer.RootElement.GetProperty("gateways").GetProperty("gw-a").GetInt64());
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_the_key_not_sent_on()
    {
        await using var server = await ServeAsync();

        var run = await CommandRun.StartWithAsync(
            new() { ["AUDIT_KEY"] = "secret" }, "verify", "log", server.Urls.Single() + "/moved",
            "--key", _files.Key, "--api-key-env", "AUDIT_KEY");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("answers 302", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_end_is_not_read_to_its_end()
    {
        await using var server = await ServeAsync();

        var run = await VerifyAsync(server.Urls.Single() + "/endless");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("larger than", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_the_command_line_or_the_machine_is_no_answer()
    {
        Assert.Equal(3, (await VerifyAsync(_files["nowhere"])).ExitCode);
        Assert.Equal(3, (await VerifyAsync(_files.Folder, "--since", _files["nowhere"])).ExitCode);
        Assert.Equal(3, (await VerifyAsync("http://127.0.0.1:9/log")).ExitCode);
        Assert.Equal(3, (await VerifyAsync("http://127.0.0.1:9/log", "--api-key-env", "HOLDPOINT_NO_SUCH_VARIABLE")).ExitCode);
        Assert.Equal(2, (await VerifyAsync(_files.Folder, "--api-key-env", "PATH")).ExitCode);
        Assert.Equal(2, (await VerifyAsync("http://user@127.0.0.1:9/log")).ExitCode);
        Assert.Equal(2, (await CommandRun.StartAsync("verify", "log", _files.Folder, "--key", _files.Key[..^4])).ExitCode);
    }

    private async Task<WebApplication> ServeAsync()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/log/{**path}", (string path, HttpRequest request) =>
            path.StartsWith(
                "tile/entries/", StringComparison.Ordinal) && request.Headers.Authorization != "Bearer secret" ? Results.Unauthorized()
            : File.Exists(Path.Combine(_files.Folder, path)) ? Results.File(Path.Combine(_files.Folder, path))
            : Results.NotFound());
        app.MapGet("/moved/{**path}", (string path) => Results.Redirect("/log/" + path));
        app.MapGet("/endless/{**path}", async (HttpResponse response, CancellationToken aborted) =>
        {
            var block = new byte[65_536];
            while (!aborted.IsCancellationRequested)
            {
                await response.Body.WriteAsync(block, aborted);
            }
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
