using Holdpoint.Agreements.Loading;
using Holdpoint.Agreements.Loading.Yaml;
using Holdpoint.Policy.Schema;
using Holdpoint.Testing;

namespace Holdpoint.Agreements.Tests.Deciding;

/// <summary>
/// What is asked of the clauses conforms to the vocabulary. Only a bug could break that, so the bug is made here: a vocabulary other
/// than the one that requests are written in.
/// </summary>
public sealed class ConformingRequestTests
{
    private static readonly Subject Call = new Subject.Invoke("desk", "p", "echo", "echo");

    private static readonly Situation Plain = new(ContentFacts.Unattested(10, 0), ExposureCounts.None);

    [Theory]
    [InlineData("suspended: Bool,", "suspended: Bool,", "not_permitted")]
    [InlineData("suspended: Bool,", "suspended: Bool, more: Long,", "situation_invalid")]
    [InlineData("suspended: Bool,", "suspended: Long,", "situation_invalid")]
    [InlineData("seats: Set<Seat>, ", "", "situation_invalid")]
    [InlineData("resource: Model", "resource: Tool", "situation_invalid")]
    [InlineData("entity Deployment in [Customer];", "entity Deployment;", "situation_invalid")]
    [InlineData("entity Model in [Provider];", "entity Model in [Provider] { size: Long };", "situation_invalid")]
    public void A_request_or_an_entity_that_does_not_conform_is_refused_before_any_clause_is_asked(string what, string with, string cause)
    {
        Assert.Contains(what, Vocabulary.BuiltInSchema, StringComparison.Ordinal);
        var document = SchemaParser.Parse(Vocabulary.BuiltInSchema.Replace(what, with, StringComparison.Ordinal)).Document!;
        var vocabulary = new Vocabulary(CedarSchema.Resolve(document).Schema!, document);
        var problems = new Problems();
        var facts = new FactsReader(
            new YamlSection(YamlDocument.Read("agreement.yaml", DraftAgreement.Facts(), problems)!, problems), vocabulary, problems).Read();

        var decision = new Agreement(default, facts!, vocabulary, []).Decide(Call, Plain);

        Assert.Equal(cause, Assert.IsType<Verdict.Refuse>(decision.Verdict).Cause.Code);
    }

    [Fact]
    public void A_request_of_the_shipped_agreement_conforms_without_costing_an_allocation()
    {
        var agreement = AgreementFolder.Load(Repo.Path("agreements", "red-lines")).Agreement!;
        var context = new ContextBuffer();
        Assert.True(new SituationContext(agreement.Vocabulary, [], []).TryWrite(Plain, suspended: false, context));
        var request = new Policy.Request(
            new("Holdpoint::Principal", "p"), new("Holdpoint::Action", "invoke"), new("Holdpoint::Model", "echo"),
            context.Context.ToRecord());
        var validator = new RequestValidator(agreement.Vocabulary.Schema);

        Assert.Null(validator.Validate(request));
        Assert.Equal(0, Allocations.Of(() => validator.Validate(request)));
    }
}
