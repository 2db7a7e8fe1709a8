using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Holdpoint.Testing;

namespace Holdpoint.Agreements.Tests;

/// <summary>The reference implementation of Cedar, run by node. Skips the calling test where node or the package is absent.</summary>
internal static class ReferenceCedar
{
    /// <summary>What strict validation says about each policy text; an empty list where all is well.</summary>
    public static async Task<Dictionary<string, string[]>> ValidateAsync(
        string schema, IReadOnlyDictionary<string, string> policies, CancellationToken cancellation)
    {
        var folder = Repo.Path("tests", "clients");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", "@cedar-policy", "cedar-wasm")),
            "npm packages are not installed: run ./test");
        using var node = Start(folder);
        Assert.SkipWhen(node is null, "node is not installed");
        await node!.StandardInput.WriteAsync(JsonSerializer.Serialize(new { schema, policies }).AsMemory(), cancellation);
        node.StandardInput.Close();
        var output = node.StandardOutput.ReadToEndAsync(cancellation);
        var errors = await node.StandardError.ReadToEndAsync(cancellation);
        await node.WaitForExitAsync(cancellation);
        Assert.True(node.ExitCode == 0, errors);
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(await output)!;
    }

    private static Process? Start(string folder)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", ["validate-policies.mjs"])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
