using Holdpoint.Agreements;

namespace Holdpoint.Policy.Bench;

/// <summary>
/// Decisions of the shipped agreement as the gateway asks for them: four subjects, and situations that differ from one call to the next
/// in their counts, findings, claims and attested content.
/// </summary>
internal sealed class AgreementCase
{
    // Any key: the agreement is only decided on, and nothing is verified.
    private const string Issuer =
        "issuers: [{ name: registry, party: agency, key: \"O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik=\", "
        + "predicates: [dataset-provenance/v1], until: 2099-12-31 }]";

    private readonly Agreement _agreement = Load();
    private readonly (Subject Subject, Situation Situation)[] _asked;
    private int _next;

    public AgreementCase(bool isAttested) => _asked = [.. Ask(isAttested)];

    /// <summary>Decides the next of the situations.</summary>
    public Agreements.Decision Decide()
    {
        var (subject, situation) = _asked[_next++ % _asked.Length];
        return _agreement.Decide(subject, situation);
    }

    private static IEnumerable<(Subject Subject, Situation Situation)> Ask(bool isAttested)
    {
        for (var i = 0; i < 256; i++)
        {
            var content = isAttested
                ? new ContentFacts(
                    ["foreign"], ["eu"], ["operational", "public"], ["terms"], ["identifiers", "financial"], ["registry"],
                    1_000 + i, 200 + (11 * i), i % 6)
                : ContentFacts.Unattested(500 + (37 * i), i % 6);
            yield return (
                new Subject.Invoke("analysts-cloud", $"analyst-{i % 4}", "gpt-5", "openai"),
                new(content, new ExposureCounts(300 + i, i, i % 6))
                {
                    Signals = new(300 + i, i, i % 6, i % 50 == 0 ? ["offensive-cyber"] : []),
                    Claimed = i % 3 == 0 ? new Claimed(Purpose: "research", Human: true) : Claimed.None,
                });
        }
    }

    private static Agreement Load()
    {
        var (from, to) = (Path.Combine(Repository(), "agreements", "red-lines"), Directory.CreateTempSubdirectory("holdpoint-bench"));
        try
        {
            foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(to.FullName, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.WriteAllText(copy, File.ReadAllText(file).Replace("issuers: []", Issuer, StringComparison.Ordinal));
            }

            var loaded = AgreementFolder.Load(to.FullName);
            return loaded.Agreement ?? throw new InvalidOperationException(string.Join("\n", loaded.Problems));
        }
        finally
        {
            to.Delete(recursive: true);
        }
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Holdpoint.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The benchmark runs from the repository.");
        }

        return folder;
    }
}
