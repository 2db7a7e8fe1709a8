using Holdpoint.Testing;

namespace Holdpoint.Agreements.Tests;

/// <summary>A small sound agreement on disk, for a test to change one thing in.</summary>
internal sealed class DraftAgreement : IDisposable
{
    public const string Permit =
        """
        @title("Use")
        @text("The model may be used.")
        @basis("terms")
        permit (principal, action in [Holdpoint::Action::"invoke", Holdpoint::Action::"act"], resource);
        """;

    private readonly TempFolder _folder = new();

    public DraftAgreement()
    {
        this["agreement.yaml"] = Facts();
        this["basis.yaml"] = "terms: { title: Terms, section: all, date: 2026-03-01, status: in force }\n";
        this["clauses/use.cedar"] = Permit;
    }

    public string Path => _folder.FullName;

    /// <summary>A file's text; null removes it.</summary>
    public string? this[string path]
    {
        get => File.ReadAllText(_folder[path]);
        set
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_folder[path])!);
            if (value is null)
            {
                File.Delete(_folder[path]);
            }
            else
            {
                File.WriteAllText(_folder[path], value);
            }
        }
    }

    public static string Facts(string tools = "[]", string issuers = "[]", string more = "") =>
        $$"""
        name: draft
        parties: [{ name: maker, role: provider }, { name: bank, role: customer }]
        seats:
          - { kind: reviewer, party: bank, persons: [p-1, p-2, p-3] }
          - { kind: provider, party: maker, persons: [p-3, p-4] }
        deployments: [{ name: desk, customer: bank }, { name: attic, customer: bank, suspended: true }]
        providers: [{ name: echo, models: [echo, "m-*"] }]
        tools: {{tools}}
        issuers: {{issuers}}
        limits: { exposure_days: 30, hold_minutes: 60 }
        signals: { phrases: { secret: [the secret word] } }
        amendment: { tighten: [maker, bank], loosen: [maker, bank] }
        {{more}}
        """;

    /// <summary>A forbid as a clause file.</summary>
    public static string Forbid(string conditions, string annotations = "", string scope = "principal, action, resource") =>
        $$"""
        @title("Not this")
        @text("This may not happen.")
        @basis("terms")
        {{annotations}}
        forbid ({{scope}}) {{conditions}};
        """;

    public AgreementLoadResult Load() => AgreementFolder.Load(Path);

    public Agreement LoadSound()
    {
        var result = Load();
        Assert.True(result.IsLoaded, string.Join("\n", result.Problems));
        return result.Agreement;
    }

    public void Dispose() => _folder.Dispose();
}
