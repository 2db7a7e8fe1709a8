using Holdpoint.Log.Signing;
using Holdpoint.Testing;

namespace Holdpoint.Agreements.Tests.Shipped;

/// <summary>
/// The agreement in <c>agreements/red-lines</c>, as it is or in parts, with one issuer added so that data can be attested.
/// </summary>
internal static class ShippedAgreement
{
    public const string Issuer = "data-office";

    private static readonly string Folder = Repo.Path("agreements", "red-lines");

    private static readonly Lazy<Agreement> Loaded = new(() => LoadPart(_ => true));

    public static Agreement WithIssuer => Loaded.Value;

    /// <summary>The files of the folder that Cedar reads, by their path in it.</summary>
    public static Dictionary<string, string> Policies { get; } = Directory
        .EnumerateFiles(Folder, "*.cedar", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'), File.ReadAllText);

    /// <summary>The agreement with only some of its policies, and with others instead.</summary>
    public static Agreement LoadPart(Func<string, bool> keep, params (string Path, string Text)[] others)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["clauses"]);
        Directory.CreateDirectory(folder["red-lines"]);
        File.Copy(Path.Combine(Folder, "basis.yaml"), folder["basis.yaml"]);
        var key = Convert.ToBase64String(Ed25519PrivateKey.FromSeed(new byte[32]).PublicKey.Bytes);
        var issuer =
            $"issuers: [{{ name: {Issuer}, party: agency, key: \"{key}\", predicates: [dataset-provenance/v1], until: 2099-12-31 }}]";
        File.WriteAllText(
            folder["agreement.yaml"],
            File.ReadAllText(Path.Combine(Folder, "agreement.yaml")).Replace("issuers: []", issuer, StringComparison.Ordinal));
        foreach (var (path, text) in Policies.Where(policy => keep(policy.Key)))
        {
            File.WriteAllText(folder[path], text);
        }

        foreach (var (path, text) in others)
        {
            File.WriteAllText(folder[path], text);
        }

        var result = AgreementFolder.Load(folder.FullName);
        Assert.True(result.IsLoaded, string.Join("\n", result.Problems));
        return result.Agreement;
    }
}
