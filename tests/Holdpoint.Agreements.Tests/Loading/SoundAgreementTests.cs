using Holdpoint.Log.Signing;

namespace Holdpoint.Agreements.Tests.Loading;

public sealed class SoundAgreementTests
{
    [Fact]
    public void What_the_files_say_is_what_the_agreement_has()
    {
        var key = Ed25519PrivateKey.FromSeed(new byte[32]).PublicKey;
        var digest = new string('a', 64);
        using var draft = new DraftAgreement
        {
            ["agreement.yaml"] = DraftAgreement.Facts(
                tools: $"[{{ deployment: desk, name: pay, digest: {digest}, effect: consequential }}]",
                issuers: $"[{{ name: office, party: bank, key: \"{Convert.ToBase64String(key.Bytes)}\", predicates: [authority/v1], until: "
                    + $"2030-06-30, deployments: [desk] }}]"),
            ["red-lines/never.cedar"] = DraftAgreement.Forbid("when { context.suspended }"),
        };

        var agreement = draft.LoadSound();

        Assert.Equal("draft", agreement.Name);
        Assert.Equal([new Party("maker", PartyRole.Provider), new Party("bank", PartyRole.Customer)], agreement.Parties);
        Assert.Equal(["desk", "attic"], agreement.Deployments.Select(deployment => deployment.Name));
        Assert.Equal(["the secret word"], agreement.Phrases["secret"]);
        Assert.Equal(new AgreementLimits(30, 60), agreement.Limits);
        Assert.Equal(["maker", "bank"], agreement.Amendment.Loosen);
        var clause = Assert.Single(agreement.Clauses);
        Assert.Equal(("use", "Use", "The model may be used."), (clause.Id.Value, clause.Title, clause.Text));
        Assert.Equal(new BasisText("terms", "Terms", "all", new(2026, 3, 1), BasisStatus.InForce, null, null), Assert.Single(clause.Basis));
        Assert.Equal("never", Assert.Single(agreement.RedLines).Id.Value);
        var issuer = Assert.Single(agreement.Issuers.All);
        Assert.Equal(("office", "bank", key), (issuer.Name, issuer.Party, issuer.Key));
        Assert.Equal(["desk"], issuer.Deployments);
        Assert.Equal(EffectClass.Consequential, agreement.EffectClassOf("desk", "pay", digest));
    }

    [Fact]
    public void A_tool_is_known_by_deployment_name_and_definition_together()
    {
        var digest = new string('a', 64);
        using var draft = new DraftAgreement
        {
            ["agreement.yaml"] = DraftAgreement.Facts(tools: $"[{{ deployment: desk, name: read, digest: {digest}, effect: none }}]"),
        };
        var agreement = draft.LoadSound();

        Assert.Equal(EffectClass.None, agreement.EffectClassOf("desk", "read", digest));
        Assert.Equal(EffectClass.Kinetic, agreement.EffectClassOf("attic", "read", digest));
        Assert.Equal(EffectClass.Kinetic, agreement.EffectClassOf("desk", "Read", digest));
        Assert.Equal(EffectClass.Kinetic, agreement.EffectClassOf("desk", "read", new string('b', 64)));
        Assert.Equal(EffectClass.Kinetic, default(EffectClass));
    }

    [Fact]
    public void An_agreement_may_add_values_and_namespaces_of_its_own()
    {
        using var draft = new DraftAgreement
        {
            ["vocabulary.cedarschema"] =
                """
                namespace Holdpoint {
                  entity Purpose enum ["wildlifeCensus"]; // beside ours
                  entity Seat enum ["judge#1"];
                }
                namespace Bank::Ledger {
                  @doc("ours")
                  entity Account in [Branch] { limit: Long, tags?: Set<String> } tags String;
                  entity Branch, Vault enum ["north"];
                  type Money = { amount: Long };
                  action audit appliesTo { principal: [Account], resource: Vault, context: {} };
                }
                """,
            ["agreement.yaml"] = DraftAgreement.Facts().Replace("kind: provider", "kind: judge", StringComparison.Ordinal),
            ["clauses/x.cedar"] = DraftAgreement.Forbid(
                "when { context has purpose && context.purpose == Holdpoint::Purpose::\"wildlifeCensus\" }", "@hold(\"judge:1\")"),
        };

        var vocabulary = draft.LoadSound().Vocabulary;

        Assert.True(vocabulary.HasValue("Purpose", "wildlifeCensus"));
        Assert.True(vocabulary.HasValue("Bank::Ledger::Vault", "north"));
        Assert.False(Vocabulary.BuiltIn.HasValue("Purpose", "wildlifeCensus"));
    }

    [Theory]
    [InlineData("resource is Holdpoint::Tool && resource.effect == Holdpoint::EffectClass::\"kinetic\"")]
    [InlineData("resource has effect || context.suspended")]
    [InlineData("context has authority.coversContent && !context.authority.coversContent")]
    [InlineData("action == Holdpoint::Action::\"act\" || resource in Holdpoint::Provider::\"echo\"")]
    [InlineData("if resource is Holdpoint::Model then context.suspended else context.content.subjects > 0")]
    public void What_is_void_in_one_kind_of_request_may_be_meant_for_the_other(string condition)
    {
        using var draft = new DraftAgreement { ["clauses/x.cedar"] = DraftAgreement.Forbid("when { " + condition + " }") };
        draft.LoadSound();
    }

    [Fact]
    public void Several_policies_in_a_file_are_one_clause()
    {
        using var draft = new DraftAgreement
        {
            ["clauses/use.cedar"] = DraftAgreement.Permit + "\nforbid (principal, action, resource) when { context.suspended };",
        };
        Assert.Single(draft.LoadSound().Clauses);
    }

    [Fact]
    public void One_person_listed_for_two_kinds_fills_one_seat()
    {
        // Reviewers are p-1 to p-3 and providers p-3 and p-4: five seats need five people, and there are four.
        using var draft = new DraftAgreement { ["clauses/x.cedar"] = DraftAgreement.Forbid("", "@hold(\"reviewer:2, provider:2\")") };
        Assert.True(draft.Load().IsLoaded);

        draft["clauses/x.cedar"] = DraftAgreement.Forbid("", "@hold(\"reviewer:3, provider:2\")");
        Assert.Equal("HP0426", Assert.Single(draft.Load().Problems).Code);
    }
}
