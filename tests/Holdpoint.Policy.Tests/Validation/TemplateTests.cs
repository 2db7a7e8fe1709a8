using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;

namespace Holdpoint.Policy.Tests.Validation;

public sealed class TemplateTests
{
    private const string Reads = "permit (principal in ?principal, action == Action::\"view\", resource == ?resource) when { principal "
        + "is User && principal.age > 1 };";

    [Fact]
    public void A_template_is_checked_with_every_type_that_can_fill_its_slots()
    {
        Assert.Empty(Office.Validate(Reads).Errors);
        Assert.Equal("CV0203", Office.Errors(Reads.Replace("age", "surname", StringComparison.Ordinal)));
        Assert.Equal("CV0104", Office.Errors("permit (principal is Team in ?principal, action, resource);"));

        // A bot is in nothing but itself; the slot can still name it.
        Assert.Empty(Office.Validate("permit (principal is Bot in ?principal, action, resource);").Warnings);
        Assert.Equal("CV0203", Office.Errors("permit (principal is Bot in ?principal, action, resource) when { principal.age > 1 };"));
        Assert.Equal(
            "CV0501", Office.Codes(Office.Validate("permit (principal == ?principal, action, resource) when { false };").Warnings));
    }

    [Fact]
    public void A_link_is_checked_for_what_fills_its_slots_and_nothing_else_is_told_of_it()
    {
        var result = Validate(
            Reads,
            new("policy0", "good", new("Team", "a"), new("Doc", "d")),
            new("policy0", "unknown", new("Tem", "a"), new("Doc", "d")),
            new("policy0", "unfit", new("Team", "a"), new("Folder", "f")),
            new("policy0", "color", new("Color", "cyan"), new("Doc", "d")));

        Assert.Equal(
            ["unknown CV0104", "unknown CV0101", "unfit CV0104", "color CV0104"], result.Errors.Select(e => $"{e.PolicyId} {e.Code}"));
        Assert.Equal("did you mean `Team`?", result.Errors[1].Suggestion);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void The_faults_of_a_template_are_told_of_the_template_and_not_of_its_links()
    {
        var result = Validate(
            Reads.Replace("age", "surname", StringComparison.Ordinal),
            new TemplateLink("policy0", "link", new("Team", "a"), new("Doc", "d")));

        Assert.Equal(["policy0"], result.Errors.Select(e => e.PolicyId));
    }

    [Fact]
    public void A_template_has_no_types_of_its_own_and_its_link_has()
    {
        var template = PolicyParser.Parse(Reads).Templates.Single();

        Assert.Throws<ArgumentException>(() => Validator.Type(template.Body, Office.Schema));
        Assert.True(Validator.Type(template.Link("l", new("Team", "a"), new("Doc", "d")), Office.Schema).IsValid);
    }

    private static ValidationResult Validate(string template, params TemplateLink[] links) =>
        Validator.Validate(PolicySet.Create([], PolicyParser.Parse(template).Templates, links), Office.Schema);
}
