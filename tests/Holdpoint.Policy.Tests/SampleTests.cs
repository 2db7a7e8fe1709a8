using System.Diagnostics;
using System.Xml.Linq;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task The_sample_decides_as_its_policies_say()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "decide.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", await errors);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(
            """
            valid: True
            max may write the plan from 203.0.113.9: Allow, by owner
            max may read the plan from 203.0.113.9: Deny, by no-secrets-from-outside
            ada may read the plan from 10.1.2.3: Allow, by plan-for-research
            ada may write the plan from 10.1.2.3: Deny, by no policy

            """,
            await output);
    }

    [Fact]
    public void The_sample_uses_the_library_alone()
    {
        var project = XDocument.Load(Repo.Path("samples", "decide", "Holdpoint.Samples.Decide.csproj"));

        Assert.Equal(
            ["../../src/Holdpoint.Policy/Holdpoint.Policy.csproj"],
            project.Descendants("ProjectReference").Select(r => r.Attribute("Include")!.Value));
        Assert.Empty(project.Descendants("PackageReference"));
    }

    [Fact]
    public void Every_sample_is_on_the_list_and_nothing_else_is()
    {
        var folders = Directory.GetDirectories(Repo.Path("samples")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        var listed = File.ReadAllLines(Repo.Path("samples", "README.md"))
            .Where(l => l.StartsWith("| `dotnet run --project samples/", StringComparison.Ordinal))
            .Select(l => l.Split('`')[1].Split('/')[^1]).Order(StringComparer.Ordinal);

        Assert.Equal(folders, listed);
    }
}
