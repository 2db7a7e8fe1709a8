using System.Diagnostics;
using System.Globalization;
using Holdpoint.Signals;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Gateway.Tests.Signals;

public sealed class UnicodeSupportTests
{
    private const string Inner = "HOLDPOINT_TEST_WITHOUT_UNICODE";

    [Fact]
    public void This_process_can_normalise() =>
        Assert.True(Environment.GetEnvironmentVariable(Inner) is not null || UnicodeSupport.IsComplete());

    [Fact]
    public void Without_icu_there_are_no_detectors()
    {
        if (Environment.GetEnvironmentVariable(Inner) is not null)
        {
            // The inner process, in globalization-invariant mode.
            Assert.False(UnicodeSupport.IsComplete());
            Assert.Throws<PlatformNotSupportedException>(static () => Detectors.Create([]));
            return;
        }

        var start = new ProcessStartInfo(
            "dotnet", [typeof(UnicodeSupportTests).Assembly.Location, "-method", $"*.{nameof(Without_icu_there_are_no_detectors)}"])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1", [Inner] = "1" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("Total: 1,", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Folding_scalar_by_scalar_is_folding_the_whole_text()
    {
        // NFKC first makes no difference, except for a letter whose own look matters more than what it
        // decomposes to (ϲ is a c, not a sigma).
        foreach (var code in Enumerable.Range(0x80, 0x2F000).Where(static c => c is < 0xD800 or > 0xDFFF))
        {
            var text = char.ConvertFromUtf32(code);
            if (CharUnicodeInfo.GetUnicodeCategory(code) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse
                || Confusables.SkeletonOf(code) is not null)
            {
                continue;
            }

            var folded = Folding.Of(text);
            var again = Folding.Of(text.Normalize(System.Text.NormalizationForm.FormKC));
            Assert.True(folded == again, $"U+{code:X4}: '{folded}' and '{again}'");
        }
    }

    [Fact]
    public void Folding_a_folded_text_changes_nothing()
    {
        foreach (var code in Enumerable.Range(0, 0x20000).Where(static c => c is < 0xD800 or > 0xDFFF))
        {
            var folded = Folding.Of(char.ConvertFromUtf32(code));
            Assert.True(folded == Folding.Of(folded), $"U+{code:X4}: '{folded}'");
        }
    }
}
