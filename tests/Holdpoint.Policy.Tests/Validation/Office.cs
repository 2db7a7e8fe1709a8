using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;

namespace Holdpoint.Policy.Tests.Validation;

/// <summary>The schema that the tests of the validator share, and what it says of a policy.</summary>
internal static class Office
{
    public const string SchemaText = """
        entity Team in [Team];
        entity User in [Team] {
          age: Long, name: String, nick?: String, boss?: User, team: Team,
          home: {city: String, zip?: Long}, langs: Set<String>, since: datetime, score: decimal,
        } tags String;
        entity Bot {name: String, nick?: Long} tags Long;
        entity Folder in [Folder];
        entity Color enum ["red", "green"];
        entity Doc in [Folder] {owner: User, color: Color, text?: String, address?: ipaddr};
        action all;
        action read in [all];
        action view in [read] appliesTo {principal: [User, Bot], resource: Doc, context: {at: datetime, note?: String, via?: User}};
        action edit in [all] appliesTo {principal: User, resource: [Doc, Folder], context: {}};
        action unused appliesTo {principal: Bot, resource: Folder, context: {}};
        namespace Deep { entity Ally; }
        """;

    public static CedarSchema Schema { get; } = Read(SchemaText);

    public static CedarSchema Read(string text)
    {
        var parsed = SchemaParser.Parse(text);
        Assert.Empty(parsed.Diagnostics);
        var resolved = CedarSchema.Resolve(parsed.Document!);
        Assert.Empty(resolved.Diagnostics);
        return resolved.Schema!;
    }

    /// <summary>A user who views a document: the one environment in which the condition is evaluated.</summary>
    public static string Viewing(string condition) =>
        $"permit (principal is User, action == Action::\"view\", resource is Doc) when {{ {condition} }};";

    public static ValidationResult Validate(string policies, ValidationMode mode = ValidationMode.Strict, int? level = null)
    {
        var parsed = PolicyParser.Parse(policies);
        Assert.Empty(parsed.Diagnostics);
        return Validator.Validate(PolicySet.Create(parsed.Policies, parsed.Templates), Schema, mode, level);
    }

    /// <summary>The codes of the errors, each once, in ordinal order, joined by blanks.</summary>
    public static string Errors(string policies, ValidationMode mode = ValidationMode.Strict, int? level = null) =>
        Codes(Validate(policies, mode, level).Errors);

    public static string Codes(IEnumerable<ValidationFinding> findings) =>
        string.Join(' ', findings.Select(f => f.Code).Distinct().Order(StringComparer.Ordinal));
}
