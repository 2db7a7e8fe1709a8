using System.Reflection;
using System.Text;
using Holdpoint.Testing;

namespace Holdpoint.Agreements.Tests.Loading;

/// <summary>Everything that keeps an agreement from loading, each with its code and its place.</summary>
public sealed class ProblemTests
{
    private const string Key = "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik=";

    private const string Digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string Tool = "{ deployment: desk, name: pay, digest: " + Digest + ", effect: none }";

    // Where it matters, the mark ‸ stands in the text before the place that must be reported, and is taken out.
    private const char Mark = '‸';

    /// <summary>Each row: the code, the file that is written, and its text; null removes the file.</summary>
    public static TheoryData<string, string, string?> Mistakes() => new()
    {
        { "HP0401", "notes.txt", "words" },
        { "HP0401", ".hidden", "" },
        { "HP0401", "clauses/deep/x.cedar", DraftAgreement.Permit },
        { "HP0401", "use.cedar", DraftAgreement.Permit },
        { "HP0402", "agreement.yaml", null },
        { "HP0402", "basis.yaml", null },
        { "HP0405", "clauses/use.cedar", null },
        { "HP0406", "clauses/Use.cedar", DraftAgreement.Permit },
        { "HP0406", "clauses/a--b.cedar", DraftAgreement.Permit },
        { "HP0406", "red-lines/use.cedar", DraftAgreement.Forbid("when { context.suspended }") },
        { "HP0410", "agreement.yaml", "name: [\n‸" },
        { "HP0410", "agreement.yaml", "" },
        { "HP0410", "agreement.yaml", "name: ‸&anchor draft\n" },
        { "HP0410", "agreement.yaml", "name: draft\nmore: ‸*anchor\n" },
        { "HP0410", "agreement.yaml", "name: ‸!tag draft\n" },
        { "HP0410", "agreement.yaml", "name: draft\n‸---\nname: other\n" },
        { "HP0410", "agreement.yaml", "‸[name]: draft\n" },
        { "HP0411", "agreement.yaml", DraftAgreement.Facts(more: "‸nmae: x") },
        { "HP0411", "basis.yaml", "terms: { ‸titel: T, title: T, section: s, date: 2026-03-01, status: in force }" },
        { "HP0412", "agreement.yaml", DraftAgreement.Facts(more: "‸name: draft") },
        { "HP0413", "basis.yaml", "terms: ‸{ title: T, section: s, status: in force }" },
        { "HP0413", "agreement.yaml", "‸name: draft\n" },
        { "HP0414", "basis.yaml", "terms: { title: T, section: s, date: 2026-03-01, ‸status: repealed }" },
        { "HP0414", "basis.yaml", "terms: { title: T, section: s, ‸date: 2026-02-30, status: in force }" },
        { "HP0414", "basis.yaml", "terms: { title: T, section: s, date: 2026-03-01, status: in force, ‸sha256: abc }" },
        { "HP0414", "basis.yaml", "terms: { title: T, section: ‸[], date: 2026-03-01, status: in force }" },
        { "HP0414", "basis.yaml", "Terms: ‸{ title: T, section: s, date: 2026-03-01, status: in force }" },
        { "HP0414", "basis.yaml", "‸- terms" },
        { "HP0414", "agreement.yaml", Facts("name: draft", "‸name: a draft") },
        { "HP0414", "agreement.yaml", Facts(
            "parties: [{ name: maker, role: provider }", "parties: [‸maker, { name: maker, role: provider }") },
        { "HP0414", "agreement.yaml", Facts("signals: { phrases: { secret: [the secret word] } }", "signals: ‸none") },
        { "HP0414", "agreement.yaml", Facts("persons: [p-3, p-4]", "persons: ‸p-3") },
        { "HP0414", "agreement.yaml", Facts("suspended: true", "suspended: ‸yes") },
        { "HP0414", "agreement.yaml", Facts("exposure_days: 30", "exposure_days: ‸0") },
        { "HP0414", "agreement.yaml", Facts("hold_minutes: 60", "hold_minutes: ‸1_000") },
        { "HP0414", "agreement.yaml", Facts("loosen: [maker, bank]", "‸loosen: [maker]") },
        { "HP0414", "agreement.yaml", Facts("tighten: [maker, bank]", "‸tighten: []") },
        { "HP0414", "agreement.yaml", Facts("role: provider", "‸role: king") },
        { "HP0414", "agreement.yaml", Facts("kind: reviewer", "‸kind: king") },
        { "HP0414", "agreement.yaml", Facts("models: [echo, \"m-*\"]", "‸models: [\"m-*-x\"]") },
        { "HP0414", "agreement.yaml", Facts("secret: [the secret word]", "‸secret: [\"...\"]") },
        { "HP0414", "agreement.yaml", Facts("tools: []", "tools: [{ deployment: desk, name: pay, ‸digest: ABC, effect: none }]") },
        { "HP0414", "agreement.yaml", Facts(
            "tools: []", $"tools: [{{ deployment: desk, name: pay, digest: {Digest}, ‸effect: informs }}]") },
        { "HP0414", "agreement.yaml", Issuer($"key: \"{Key}\"", "‸key: \"AAAA\"") },
        { "HP0414", "agreement.yaml", Issuer($"key: \"{Key}\"", "‸key: \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"") },
        { "HP0414", "agreement.yaml", Issuer("predicates: [authority/v1]", "‸predicates: [authority/v2]") },
        { "HP0414", "agreement.yaml", Issuer("predicates: [authority/v1]", "‸predicates: []") },
        { "HP0414", "agreement.yaml", Issuer("until: 2099-12-31", "‸until: 2099") },
        { "HP0414", "agreement.yaml", Issuer("until: 2099-12-31", "until: 2099-12-31, ‸deployments: []") },
        { "HP0413", "agreement.yaml", Issuer("{ name: office, party: bank", "‸{ name: office") },
        { "HP0415", "agreement.yaml", Facts("{ name: bank, role: customer }", "‸{ name: maker, role: customer }") },
        { "HP0415", "agreement.yaml", Facts("persons: [p-3, p-4]", "persons: [p-3, ‸p-3]") },
        { "HP0415", "agreement.yaml", Facts("tools: []", $"tools: [{Tool}, ‸{Tool}]") },
        { "HP0415", "agreement.yaml", Issuer(
            "person: p-1 }]",
            $"person: p-1 }}, {{ name: two, party: bank, key: \"{Key}\", predicates: [authority/v1], until: 2099-12-31 }}]") },
        { "HP0416", "agreement.yaml", Facts("customer: bank }, {", "‸customer: maker }, {") },
        { "HP0414", "agreement.yaml", Issuer("party: bank", "‸party: a stranger") },
        { "HP0416", "agreement.yaml", Issuer("until: 2099-12-31", "until: 2099-12-31, ‸deployments: [nowhere]") },
        { "HP0416", "agreement.yaml", Facts("tighten: [maker, bank]", "‸tighten: [makers]") },
        { "HP0420", "clauses/use.cedar", "permit ( principal ‸action, resource);" },
        { "HP0421", "clauses/use.cedar", "‸permit (principal == ?principal, action, resource);" },
        { "HP0422", "clauses/none.cedar", "// nothing\n" },
        { "HP0423", "clauses/x.cedar", "‸@title(\"a\") @basis(\"terms\") forbid (principal, action, resource);" },
        { "HP0423", "clauses/x.cedar", "‸@title(\" \") @text(\"b\") @basis(\"terms\") forbid (principal, action, resource);" },
        { "HP0423", "clauses/x.cedar", DraftAgreement.Forbid("") + "\n‸" + DraftAgreement.Forbid("") },
        { "HP0424", "clauses/x.cedar", Mark + DraftAgreement.Forbid("").Replace(
            "\"terms\"", "\"terms, trems\"", StringComparison.Ordinal) },
        { "HP0425", "clauses/x.cedar", Mark + DraftAgreement.Forbid("", "@hold(\"reviewer\")") },
        { "HP0425", "clauses/x.cedar", Mark + DraftAgreement.Forbid("", "@hold") },
        { "HP0425", "clauses/x.cedar", Mark + "@hold(\"reviewer:1\")\n" + DraftAgreement.Permit },
        { "HP0426", "clauses/x.cedar", Mark + DraftAgreement.Forbid("", "@hold(\"reviewer:4\")") },
        { "HP0426", "clauses/x.cedar", Mark + DraftAgreement.Forbid("", "@hold(\"commander:1\")") },
        { "HP0426", "clauses/x.cedar", Mark + DraftAgreement.Forbid("", "@hold(\"reviewer:3, provider:2\")") },
        { "HP0427", "clauses/x.cedar", Body("‸context.seats.isEmpty()") },
        { "HP0427", "clauses/x.cedar", Body("‸context[\"seats\"].isEmpty()") },
        { "HP0427", "clauses/x.cedar", Body("‸context has seats") },
        { "HP0427", "clauses/x.cedar", Body("[‸context].isEmpty()") },
        { "HP0427", "clauses/x.cedar", Body("(if context.suspended then ‸context else context) has suspended") },
        { "HP0428", "red-lines/x.cedar", DraftAgreement.Permit },
        { "HP0428", "red-lines/x.cedar", DraftAgreement.Forbid("") + "\nforbid (principal, action, resource);" },
        { "HP0430", "clauses/x.cedar", Body("[‸Holdpoint::Enviroment::\"edge\"].contains(context.environment)") },
        { "HP0430", "clauses/x.cedar", Body("‸resource is Model") },
        { "HP0430", "clauses/x.cedar", Mark + DraftAgreement.Forbid("", scope: "principal is Principal, action, resource") },
        { "HP0431", "clauses/x.cedar", Body("context.environment == ‸Holdpoint::Environment::\"egde\"") },
        { "HP0431", "clauses/x.cedar", Mark + DraftAgreement.Forbid(
            "", scope: "principal, action == Holdpoint::Action::\"invok\", resource") },
        { "HP0431", "clauses/x.cedar", Mark + DraftAgreement.Forbid(
            "", scope: "principal, action in [Holdpoint::Action::\"invoke\", Holdpoint::Action::\"acts\"], resource") },
        { "HP0431", "clauses/x.cedar", Mark + DraftAgreement.Forbid("", "@hold(\"judge:1\")") },
        { "HP0432", "clauses/x.cedar", Mark + DraftAgreement.Forbid(
            "", scope: "principal in Holdpoint::Deployment::\"dekc\", action, resource") },
        { "HP0432", "clauses/x.cedar", Mark + DraftAgreement.Forbid(
            "", scope: "principal in Holdpoint::Customer::\"maker\", action, resource") },
        { "HP0432", "clauses/x.cedar", Body("resource == ‸Holdpoint::Model::\"n-1\"") },
        { "HP0432", "clauses/x.cedar", Body("resource == ‸Holdpoint::Tool::\"hammer\"") },
        { "HP0432", "clauses/x.cedar", Body("context.content.issuers.contains(‸Holdpoint::Issuer::\"office\")") },
        { "HP0433", "clauses/x.cedar", Body("‸context.contnet.subjects > 5") },
        { "HP0433", "clauses/x.cedar", Body("‸context has autority") },
        { "HP0433", "clauses/x.cedar", Body("‸context.content.human") },
        { "HP0433", "clauses/x.cedar", Body("‸resource.effect == Holdpoint::EffectClass::\"kinetic\"") },
        { "HP0435", "clauses/x.cedar", Body("‸context.authority.coversContent") },
        { "HP0436", "clauses/x.cedar", Mark + Body("context.environment == Holdpoint::Origin::\"unknown\"") },
        { "HP0435", "clauses/x.cedar", Body("‸context.exposure > 5") },
        { "HP0436", "clauses/x.cedar", Mark + Body("context has purpose && !(context has purpose)") },
        { "HP0436", "clauses/x.cedar", Mark + DraftAgreement.Forbid(
            "", scope: "principal, action == Holdpoint::Action::\"act\", resource is Holdpoint::Model") },
        { "HP0436", "clauses/x.cedar", Mark + DraftAgreement.Forbid("when { resource is Holdpoint::Issuer }", "@hold(\"reviewer:1\")") },
        { "HP0437", "clauses/x.cedar", Body("context.suspended || ‸context.environment == Holdpoint::Origin::\"unknown\"") },
        { "HP0437", "clauses/x.cedar", Body("context.suspended || ‸resource is Holdpoint::Issuer") },
        { "HP0437", "clauses/x.cedar", Body("context.suspended || ‸principal has effect") },
        { "HP0437", "clauses/x.cedar", Body("context.suspended && ‸context.environment != Holdpoint::Origin::\"unknown\"") },
        { "HP0434", "clauses/x.cedar", Body("context.signals has phrases && context.signals.phrases.contains(‸\"secrte\")") },
        { "HP0440", "vocabulary.cedarschema", "entity X;" },
        { "HP0440", "vocabulary.cedarschema", "namespace Bank { entity X enum []; }" },
        { "HP0440", "vocabulary.cedarschema", "namespace Bank { entity X" },
        { "HP0440", "vocabulary.cedarschema", "namespace Bank { entity X in [‸Y]; }" },
        { "HP0440", "vocabulary.cedarschema", "namespace Bank { entity X { a: ‸Holdpoint::Modell }; }" },
        { "HP0440", "vocabulary.cedarschema", "entity ‸X;" },
        { "HP0440", "vocabulary.cedarschema", "namespace Bank { entity X; } §" },
        { "HP0441", "vocabulary.cedarschema", "namespace Holdpoint { entity Deployment { name: String }; }" },
        { "HP0441", "vocabulary.cedarschema", "namespace Holdpoint { entity Wing enum [\"left\"]; }" },
        { "HP0441", "vocabulary.cedarschema", "namespace Holdpoint { type Situation = { more: Long }; }" },
        { "HP0441", "vocabulary.cedarschema", "namespace Holdpoint { action watch; }" },
        { "HP0441", "vocabulary.cedarschema", "namespace Holdpoint::More { entity X; }" },
        { "HP0415", "vocabulary.cedarschema", "namespace Holdpoint { entity Purpose enum [\"general\"]; }" },
        { "HP0415", "vocabulary.cedarschema", "namespace Bank { entity X enum [\"a\", \"a\"]; }" },
        { "HP0414", "vocabulary.cedarschema", "namespace Holdpoint { entity Seat enum [\"judge\"]; }" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_reported_with_its_code_and_place(string code, string file, string? text)
    {
        using var draft = new DraftAgreement { [file] = text?.Replace(Mark.ToString(), "", StringComparison.Ordinal) };

        var result = draft.Load();

        Assert.False(result.IsLoaded);
        var places = result.Problems.Where(problem => problem.Code == code).Select(problem => problem.Place).ToList();
        Assert.True(places.Count > 0, string.Join("\n", result.Problems));
        if (text?.IndexOf(Mark, StringComparison.Ordinal) is { } at and >= 0)
        {
            var before = text[..at].Split('\n');
            Assert.Contains($"{file}:{before.Length}:{before[^1].Length + 1}", places);
        }
        else if (code != ProblemCode.NoClauses)
        {
            Assert.All(places, place => Assert.StartsWith(file, place, StringComparison.Ordinal));
        }

        Assert.All(result.Problems, problem => Assert.True(problem.Message.Length > 0 && problem.Fix.Length > 0));
    }

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        using var draft = new DraftAgreement
        {
            ["agreement.yaml"] = DraftAgreement.Facts(more: "nmae: x"),
            ["basis.yaml"] = "terms: { title: T, section: s, date: 2026-03-01, status: repealed }",
            ["notes.txt"] = "words",
            ["clauses/x.cedar"] = Body("context.environment == Holdpoint::Environment::\"egde\" && context.seats.isEmpty()"),
            ["clauses/y.cedar"] = "permit (",
            ["vocabulary.cedarschema"] = "namespace Holdpoint { entity Wing enum [\"left\"]; }",
        };

        var codes = draft.Load().Problems.Select(problem => problem.Code).ToHashSet();

        Assert.Superset(new HashSet<string> { "HP0401", "HP0411", "HP0414", "HP0420", "HP0427", "HP0431", "HP0441" }, codes);
    }

    [Theory]
    [InlineData("context.environment == Holdpoint::Environment::\"egde\"", "did you mean 'edge'?")]
    [InlineData("context.contnet.subjects > 5", "did you mean 'content'?")]
    [InlineData("context.signals has phrases && context.signals.phrases.contains(\"secrte\")", "did you mean 'secret'?")]
    public void The_fix_says_what_was_probably_meant(string body, string fix)
    {
        using var draft = new DraftAgreement { ["clauses/x.cedar"] = Body(body) };
        Assert.Contains(draft.Load().Problems, problem => problem.Fix == fix);
    }

    [Fact]
    public void A_link_a_huge_file_and_bytes_that_are_no_text_are_not_read()
    {
        using var draft = new DraftAgreement();
        File.CreateSymbolicLink(Path.Combine(draft.Path, "clauses", "linked.cedar"), Path.Combine(draft.Path, "clauses", "use.cedar"));
        draft["clauses/huge.cedar"] = new string(' ', (1 << 20) + 1);
        File.WriteAllBytes(Path.Combine(draft.Path, "clauses", "bytes.cedar"), [0xff, 0xfe]);

        var places = draft.Load().Problems.Where(problem => problem.Code == "HP0403").Select(problem => problem.Place);

        Assert.Equal(["clauses/bytes.cedar", "clauses/huge.cedar", "clauses/linked.cedar"], places.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(999, true)]
    [InlineData(1000, false)]
    public void The_number_of_files_is_limited(int more, bool loads)
    {
        using var draft = new DraftAgreement();
        for (var i = 0; i < more; i++)
        {
            draft[$"clauses/x{i}.cedar"] = DraftAgreement.Forbid("when { context.suspended }");
        }

        var result = draft.Load();
        Assert.Equal(loads, result.IsLoaded);
        Assert.Equal(!loads, result.Problems.Any(problem => problem.Code == "HP0404"));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_a_problem_that_does_not_tell_where_it_was_sought()
    {
        var problem = AgreementFolder.Load(Path.Combine(Path.GetTempPath(), "no-such-agreement")).Problems[0];

        Assert.Equal("HP0402", problem.Code);
        Assert.DoesNotContain("no-such-agreement", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clause_beyond_the_nesting_that_is_read_is_refused_and_not_run_into()
    {
        using var draft = new DraftAgreement { ["basis.yaml"] = new StringBuilder("a: ").Insert(3, "[", 100_000).ToString() };
        Assert.Contains(draft.Load().Problems, problem => problem.Code == "HP0410");
    }

    [Fact]
    public void Every_code_is_in_the_reference_and_tried_here()
    {
        var reference = File.ReadAllText(Repo.Path("docs", "reference", "agreement.md"));
        string[] triedElsewhere = [ProblemCode.UnreadableFile, ProblemCode.TooManyFiles];
        var tried = Mistakes().Select(row => row.Data.Item1).Concat(triedElsewhere).ToHashSet();

        foreach (var code in typeof(ProblemCode)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!))
        {
            Assert.Contains($"| `{code}` |", reference, StringComparison.Ordinal);
            Assert.Contains(code, tried);
        }
    }

    private static string Body(string condition) => DraftAgreement.Forbid("when { " + condition + " }");

    private static string Facts(string what, string with)
    {
        var facts = DraftAgreement.Facts();
        Assert.Contains(what, facts, StringComparison.Ordinal);
        return facts.Replace(what, with, StringComparison.Ordinal);
    }

    /// <summary>An issuer line in which one part is replaced.</summary>
    private static string Issuer(string what, string with)
    {
        const string line = "[{ name: office, party: bank, key: \"" + Key
            + "\", predicates: [authority/v1], until: 2099-12-31, person: p-1 }]";
        Assert.Contains(what, line, StringComparison.Ordinal);
        return DraftAgreement.Facts(issuers: line.Replace(what, with, StringComparison.Ordinal));
    }
}
