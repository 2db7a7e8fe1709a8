using System.Text.RegularExpressions;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;
using Holdpoint.Policy.Validation.Levels;
using Holdpoint.Policy.Validation.Typed;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Validation;

/// <summary>The example of docs/reference/cedar-validation.md, compiled and run: the lines of the page stand here.</summary>
public sealed partial class ValidationExampleTests
{
    [Fact]
    public void The_example_on_the_page_is_the_code_of_this_test()
    {
        var example = Example().Match(File.ReadAllText(Repo.Path("docs", "reference", "cedar-validation.md"))).Groups["code"].Value;
        var here = File.ReadAllText(Repo.Path("tests", "Holdpoint.Policy.Tests", "Validation", "ValidationExampleTests.cs"));

        Assert.NotEmpty(example);
        Assert.All(example.Split('\n'), line => Assert.Contains(line.Split("//")[0].Trim(), here, StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_says_what_the_page_says()
    {
        const string schemaText =
            "entity User {age: Long}; entity Doc {owner: User}; action read appliesTo {principal: User, resource: Doc};";
        const string policyText = "permit (principal, action, resource) when { resource.owner.age > 17 };";
        var request = new Request(new("User", "ada"), new("Action", "read"), new("Doc", "d1"), RecordValue.Empty);
        var database = new Database();
        using var Console = new StringWriter();

        CedarSchema schema = CedarSchema.Resolve(SchemaParser.Parse(schemaText).Document!).Schema!;
        PolicySet policies = PolicySet.Create(PolicyParser.Parse(policyText).Policies);

        ValidationResult result = Validator.Validate(policies, schema);
        int? level = LevelValidator.LevelOf(policies, schema);
        EntityStore slice = EntitySlice.Load(request, level ?? 0, wanted => database.Find(wanted));

        foreach (TypedPolicy typed in Validator.Type(policies.Policies[0], schema).ByEnvironment)
        {
            Console.WriteLine($"{typed.Environment}: {typed.Condition.Type}");
        }

        Assert.True(result.IsValid);
        Assert.Equal(2, level);
        Assert.Equal((2, 2), (slice.Count, database.Rounds));
        Assert.Equal("User Action::\"read\" Doc: Bool", Console.ToString().TrimEnd());
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();

    private sealed class Database
    {
        private readonly Entity[] _entities =
        [
            new(new("Doc", "d1"), Value.Record([new("owner", Value.Of(new EntityUid("User", "eve")))])),
            new(new("User", "eve")), new(new("User", "no"))
        ];

        public int Rounds { get; private set; }

        public IEnumerable<Entity> Find(IReadOnlyCollection<EntityUid> wanted)
        {
            Rounds++;
            return _entities.Where(e => wanted.Contains(e.Uid));
        }
    }
}
