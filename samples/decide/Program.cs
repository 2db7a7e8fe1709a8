using Holdpoint.Policy;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;

// 1. Read the policies. A text with a fault gives none, and says where the fault is.
const string Policies = """
    @id("owner")
    permit (principal, action, resource is Document)
    when { resource.owner == principal };

    @id("no-secrets-from-outside")
    forbid (principal, action == Action::"read", resource)
    when { resource.isSecret }
    unless { context.address.isInRange(ip("10.0.0.0/8")) };

    @id("shared-with")
    permit (principal in ?principal, action == Action::"read", resource == ?resource);
    """;
var parsed = PolicyParser.Parse(Policies);
if (!parsed.IsValid)
{
    Console.Error.WriteLine(string.Join('\n', parsed.Diagnostics.Select(d => d.Describe(Policies))));
    return 1;
}

// 2. A set of them, with one link of the template: the plan is shared with the research team.
var set = PolicySet.Create(
    parsed.Policies.Select(Named),
    parsed.Templates.Select(t => new Template(Named(t.Body))),
    [new("shared-with", "plan-for-research", new("Team", "research"), new("Document", "plan"))]);

// 3. Validate it against a schema, so that a name that is spelt wrongly is found now and not in the middle of a decision.
const string Schema = """
    entity Team;
    entity User in [Team];
    entity Document = { owner: User, isSecret: Bool };
    action read, write appliesTo { principal: User, resource: Document, context: { address: ipaddr } };
    """;
var schema = CedarSchema.Resolve(SchemaParser.Parse(Schema).Document!).Schema!;
var validity = Validator.Validate(set, schema, ValidationMode.Strict);
Console.WriteLine($"valid: {validity.IsValid}");

// 4. Compile it, once; what it decides on can change with each request.
var authorizer = set.Compile();
var entities = EntitiesJson.Parse("""
    [
      {"uid": {"type": "User", "id": "ada"}, "attrs": {}, "parents": [{"type": "Team", "id": "research"}]},
      {"uid": {"type": "User", "id": "max"}, "attrs": {}, "parents": []},
      {"uid": {"type": "Team", "id": "research"}, "attrs": {}, "parents": []},
      {"uid": {"type": "Document", "id": "plan"}, "attrs": {"owner": {"type": "User", "id": "max"}, "isSecret": true}, "parents": []}
    ]
    """u8.ToArray(), schema).Value!;

// 5. Ask.
foreach (var (user, action, address) in new[]
{
    ("max", "write", "203.0.113.9"), ("max", "read", "203.0.113.9"), ("ada", "read", "10.1.2.3"), ("ada", "write", "10.1.2.3"),
})
{
    var context = Value.Record(
        KeyValuePair.Create<string, Value>("address", IpAddressValue.TryParse(address, out var ip) ? ip : throw new FormatException()));
    var request = new Request(new("User", user), new("Action", action), new("Document", "plan"), context);
    var response = authorizer.Authorize(request, entities);
    Console.WriteLine($"{user} may {action} the plan from {address}: {response.Decision}, "
        + $"by {(response.Reasons.IsEmpty ? "no policy" : string.Join(", ", response.Reasons))}");
}

return 0;

static Policy Named(Policy policy) => policy with { Id = policy.Annotations["id"] };
