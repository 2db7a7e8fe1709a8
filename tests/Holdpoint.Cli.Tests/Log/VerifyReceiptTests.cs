using System.Text.Json;

namespace Holdpoint.Cli.Tests.Log;

public sealed class VerifyReceiptTests : IDisposable
{
    private readonly LogFiles _files = new();

    public VerifyReceiptTests() => _files.WriteReceipt(123);

    public void Dispose() => _files.Dispose();

    private Task<CommandRun> VerifyAsync(params string[] more) =>
        CommandRun.StartAsync(["verify", "receipt", _files["receipt"], "--record", _files["record"], "--key", _files.Key, .. more]);

    [Fact]
    public async Task A_receipt_verifies()
    {
        var run = await VerifyAsync();
        Assert.Equal(
            (0, "verified: the record is entry 123 of example.org/holdpoint, whose checkpoint covers 300 entries\n", ""),
            (run.ExitCode, run.Output, run.Errors));

        run = await VerifyAsync("--json");
        using var answer = JsonDocument.Parse(run.Output);
        Assert.True(answer.RootElement.GetProperty("verified").GetBoolean());
        Assert.Equal(123, answer.RootElement.GetProperty("index").GetInt64());
    }

    [Fact]
    public async Task A_changed_record_does_not_verify()
    {
        File.AppendAllText(_files["record"], "\n");

        var run = await VerifyAsync();
        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith("not verified: the record is not entry 123", run.Output, StringComparison.Ordinal);

        run = await VerifyAsync("--json");
        using var answer = JsonDocument.Parse(run.Output);
        Assert.Equal(1, run.ExitCode);
        Assert.False(answer.RootElement.GetProperty("verified").GetBoolean());
        Assert.Equal("receipt_record", answer.RootElement.GetProperty("fault").GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_is_wrong_with_the_command_line_or_the_machine_is_no_answer()
    {
        Assert.Equal(2, (await CommandRun.StartAsync("verify", "receipt", _files["receipt"], "--record", _files["record"])).ExitCode);
        Assert.Equal(2, (await CommandRun.StartAsync(
            "verify", "receipt", _files["receipt"], "--record", _files["record"], "--key", "nonsense")).ExitCode);
        File.Delete(_files["record"]);
        Assert.Equal(3, (await VerifyAsync()).ExitCode);
    }
}
