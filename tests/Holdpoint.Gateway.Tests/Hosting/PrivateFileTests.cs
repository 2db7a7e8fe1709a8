using System.Runtime.Versioning;
using Holdpoint.Gateway.Hosting;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Hosting;

/// <summary>What the gateway keeps is its user's alone, and a key that others can read or change is not used.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFileTests
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Umask022 = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Each bit of the group and of the others is one too many.</summary>
    public static TheoryData<string, UnixFileMode> OpenKeys()
    {
        var data = new TheoryData<string, UnixFileMode>();
        foreach (var name in new[] { "log.key", "provider.key", "holdpoint.db.holds.key", "tls.key", "webhook.key" })
        {
            for (var bit = 0; bit < 6; bit++)
            {
                data.Add(name, Private | (UnixFileMode)(1 << bit));
            }

            data.Add(name, Umask022);
        }

        return data;
    }

    [Theory, MemberData(nameof(OpenKeys))]
    public async Task A_key_that_others_can_read_or_change_stops_the_start(string name, UnixFileMode mode)
    {
        await using var gateway = await StartAsync();
        await gateway.StopAsync();
        File.SetUnixFileMode(Path.Combine(gateway.Folder, name), mode);

        var refused = await Assert.ThrowsAsync<GatewayStartException>(gateway.StartAgainAsync);

        Assert.Contains("HP0509", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"chmod 600 {name}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead)]
    [InlineData(Private)]
    [InlineData(Private | UnixFileMode.UserExecute)]
    public async Task A_key_that_only_its_owner_can_read_is_used(UnixFileMode mode)
    {
        await using var gateway = await StartAsync();
        await gateway.StopAsync();
        foreach (var name in new[] { "log.key", "provider.key", "holdpoint.db.holds.key", "tls.key", "webhook.key" })
        {
            File.SetUnixFileMode(Path.Combine(gateway.Folder, name), mode);
        }

        await gateway.StartAgainAsync();
    }

    [Fact]
    public async Task A_reload_refuses_a_key_that_was_opened_to_others_and_goes_on_with_the_old_one()
    {
        await using var gateway = await TestGateway.StartAsync(new Uri("http://127.0.0.1:1"));
        File.SetUnixFileMode(Path.Combine(gateway.Folder, "provider.key"), Umask022);

        Assert.Contains("HP0509", string.Join('\n', (await gateway.ReloadAsync()).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_a_gateway_makes_is_its_users_alone()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.ChatAsync("hello");
        await gateway.SendAsync(HttpMethod.Get, "/log/receipt/2", null, null);

        var made = Directory.EnumerateFiles(gateway.Folder)
            .Where(file => Path.GetFileName(file) is var name && (name.StartsWith("holdpoint.db", StringComparison.Ordinal)
                || name.StartsWith("log.key.", StringComparison.Ordinal)))
            .ToDictionary(file => Path.GetFileName(file)!, File.GetUnixFileMode);

        Assert.Superset(
            new HashSet<string>
            {
                "holdpoint.db", "holdpoint.db-wal", "holdpoint.db-shm", "holdpoint.db.lock", "holdpoint.db.holds.key",
                "log.key.signed", "log.key.signed.lock",
            },
            made.Keys.ToHashSet());
        Assert.All(made, file => Assert.True(file.Value == Private, file.Key));
    }

    [Fact]
    public async Task A_store_that_others_could_read_is_tightened()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.StopAsync();
        var store = Path.Combine(gateway.Folder, "holdpoint.db");
        File.SetUnixFileMode(store, Umask022);
        File.SetUnixFileMode(store + ".lock", Umask022);

        await gateway.StartAgainAsync();

        Assert.Equal(Private, File.GetUnixFileMode(store));
        Assert.Equal(Private, File.GetUnixFileMode(store + ".lock"));
        Assert.Equal(Private, File.GetUnixFileMode(store + "-wal"));
    }

    [Fact]
    public async Task Records_in_an_export_are_private_and_hashes_are_not()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.StopAsync();
        using var folder = new TempFolder();

        for (var time = 0; time < 2; time++)
        {
            await LogExporter.ExportAsync(
                gateway.Settings.StorePath, gateway.LogKey, gateway.Settings.LogGuardPath, folder["export"], TimeProvider.System,
                TestContext.Current.CancellationToken);
            var entries = Directory.EnumerateFiles(folder["export/tile/entries"], "*", SearchOption.AllDirectories).ToList();
            Assert.NotEmpty(entries);
            Assert.All(entries, file => Assert.Equal(Private, File.GetUnixFileMode(file)));
            Assert.NotEqual(Private, File.GetUnixFileMode(folder["export/checkpoint"]));
            File.SetUnixFileMode(entries[0], Umask022);
        }
    }

    private static Task<TestGateway> StartAsync() => TestGateway.StartAsync(
        new Uri("http://127.0.0.1:1"),
        edit: (text, folder) =>
        {
            TlsTests.WriteCertificate(folder.FullName, "localhost", days: 30);
            folder.WriteKey("webhook.key", "whsec_" + Convert.ToBase64String(new byte[32]));
            return text + "tls: { certificate_file: tls.crt, key_file: tls.key }\n"
                + "holds: { webhook: { url: \"https://localhost:1\", secret_file: webhook.key } }\n";
        });
}
