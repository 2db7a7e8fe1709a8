using Holdpoint.Analysis.Tests.Symbolic;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation;

namespace Holdpoint.Analysis.Tests.Soundness;

/// <summary>
/// Strictly valid policies over a <see cref="SmallSchema"/> at random. Over a finite one they name no entity but those whose id is
/// <c>a</c>, so that few entities show all that they can tell apart.
/// </summary>
internal sealed class SmallPolicies(SmallSchema schema, Random random)
{
    private const int Attempts = 30;

    private RequestEnvironment _environment = schema.Schema.Environments[0];
    private List<SmallPath> _paths = [];

    public Policy.Policy Policy(string id)
    {
        for (var i = 0; i < Attempts; i++)
        {
            var policy = SampleSchema.Policies(Text())[0] with { Id = id };
            if (Validator.Type(policy, schema.Schema).IsValid)
            {
                return policy;
            }
        }

        return SampleSchema.Policies("permit (principal, action, resource);")[0] with { Id = id };
    }

    private string Text()
    {
        _environment = schema.Schema.Environments[random.Next(schema.Schema.Environments.Length)];
        _paths = SmallPath.Of(_environment, schema.Schema, Id);
        var (principal, resource) = (_environment.PrincipalType.Name, _environment.ResourceType.Name);
        var scope = string.Join(
            ", ",
            Pick($"principal is {principal}", $"principal is {principal}", "principal", $"principal == {Entity(principal)}"),
            Pick([$"action == {_environment.Action.Uid}", "action", .. _environment.Action.Parents.Select(g => $"action in {g}")]),
            Pick("resource", $"resource is {resource}", $"resource == {Entity(resource)}"));
        var unless = random.Next(4) == 0 ? $" unless {{ {Truth(1)} }}" : "";
        return $"{Pick("permit", "permit", "forbid")} ({scope}) when {{ {Truth(random.Next(4))} }}{unless};";
    }

    private string Truth(int depth) => (depth <= 0 ? 0 : random.Next(7)) switch
    {
        1 => $"!({Truth(depth - 1)})",
        2 => $"(if {Truth(depth - 1)} then {Truth(depth - 1)} else {Truth(depth - 1)})",
        3 or 4 => $"({Truth(depth - 1)} && {Truth(depth - 1)})",
        5 or 6 => $"({Truth(depth - 1)} || {Truth(depth - 1)})",
        _ => Guarded(Path()),
    };

    /// <summary>Something to read, of every kind of type as often as of any other.</summary>
    private SmallPath Path()
    {
        List<IGrouping<Type, SmallPath>> kinds = [.. _paths.GroupBy(p => p.Type.GetType())];
        List<SmallPath> kind = [.. kinds[random.Next(kinds.Count)]];
        return kind[random.Next(kind.Count)];
    }

    private string Guarded(SmallPath path)
    {
        var atom = Atom(path);
        if (path.Guards.IsEmpty)
        {
            return $"({atom})";
        }

        var guards = string.Join(" && ", path.Guards);
        return Pick(
            $"({guards})", $"(if {guards} then {atom} else {Pick("true", "false")})", $"({guards} && {atom})", $"({guards} && {atom})");
    }

    private string Atom(SmallPath path) => path.Type switch
    {
        CedarType.Boolean => path.Text,
        CedarType.Long => $"{Number(path)} {Pick("<", "<=", ">", "==", "!=")} {Other(path, () => Number(path))}",
        CedarType.String => Pick($"{path.Text} == {Other(path, Words)}", $"{path.Text} like \"{Pick("a*", "*b", "*", "a*b", "ab")}\""),
        CedarType.EntityOf(var type) => About(path.Text, type, path),
        CedarType.SetOf(var element) => About(path.Text, element, path),
        RecordType => $"{path.Text} {Pick("==", "!=")} {Other(path, () => path.Text)}",
        _ => "true",
    };

    private string About(string text, string type, SmallPath path)
    {
        List<string> choices =
        [
            $"{text} == {Other(path, () => Entity(type))}",
            $"{text} != {Entity(type)}",
            $"{text} in {Pick(Other(path, () => Entity(type)), $"[{Entity(type)}]")}",
        ];
        var known = schema.Schema.EntityTypes.GetValueOrDefault(type);
        choices.AddRange((known?.AncestorTypes ?? []).SelectMany(above => (string[])
        [
            $"{text} in {Above(above)}",
            $"{text} in [{Entity(above)}, {Above(above)}]",
            $"{text} in {Other(new("", new CedarType.SetOf(new CedarType.EntityOf(above)), []), () => $"[{Entity(above)}]")}",
        ]));
        if (known?.Tags is { } tags)
        {
            choices.Add($"{text}.hasTag(\"{Tag()}\")");
            var tag = Tag();
            choices.Add($"{text}.hasTag(\"{tag}\") && {Atom(new($"{text}.getTag(\"{tag}\")", tags, []))}");
        }

        return Pick([.. choices]);
    }

    private string About(string text, CedarType element, SmallPath path) => Pick(
        $"{text}.contains({Element(element)})",
        $"{text}.containsAll([{Element(element)}, {Element(element)}])",
        $"{text}.containsAny([{Element(element)}, {Element(element)}])",
        $"{text}.isEmpty()",
        $"{text} == {Other(path, () => $"[{Element(element)}]")}");

    private string Element(CedarType type) => type switch
    {
        CedarType.Boolean => Pick("true", "false"),
        CedarType.Long => Other(new("", type, []), () => Pick("0", "1")),
        CedarType.String => Other(new("", type, []), Words),
        CedarType.EntityOf(var name) => Other(new("", type, []), () => Entity(name)),
        _ => Pick("{ x: 0 }", "{ x: 1, y: true }", "{ x: 0, y: false }"),
    };

    /// <summary>Something of the same type that need not be guarded, or else what is given.</summary>
    private string Other(SmallPath path, Func<string> otherwise)
    {
        List<SmallPath> others = [.. _paths.Where(p => p.Type.Equals(path.Type) && p.Guards.IsEmpty && p.Text != path.Text)];
        return others.Count > 0 && random.Next(2) == 0 ? others[random.Next(others.Count)].Text : otherwise();
    }

    private string Number(SmallPath path) => random.Next(7) switch
    {
        0 or 6 => $"{path.Text} {Pick("+", "-")} {Other(path, () => Pick("1", "2"))}",
        1 => $"{path.Text} * {Pick("2", "-1", "3")}",
        2 => $"-({path.Text})",
        3 => path.Text,
        _ => Pick("0", "1", "2", path.Text),
    };

    private string Above(string type) => Other(new("", new CedarType.EntityOf(type), []), () => Entity(type));

    private string Entity(string type) =>
        $"{type}::\"{(schema.Schema.EntityTypes[type].EnumIds is { } ids ? ids[random.Next(ids.Length)] : Id())}\"";

    private string Id() => schema.IsFinite ? "a" : Pick("a", "b");

    private string Tag() => schema.IsFinite ? "a" : Pick("a", "ab");

    private string Words() => Pick("\"a\"", "\"ab\"", "\"\"");

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
