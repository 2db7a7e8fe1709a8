using System.Collections.Immutable;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Tests.Soundness;

/// <summary>Something that a condition can read, at most two attributes deep.</summary>
/// <param name="Text">The expression.</param>
/// <param name="Type">Its type.</param>
/// <param name="Guards">What has to be true before it may be read, outermost first.</param>
internal sealed record SmallPath(string Text, CedarType Type, ImmutableArray<string> Guards)
{
    private const int Depth = 2;

    public static List<SmallPath> Of(RequestEnvironment environment, CedarSchema schema, Func<string> id)
    {
        var principal = environment.PrincipalType.Name;
        List<SmallPath> paths =
        [
            new("principal", new CedarType.EntityOf(principal), []),
            new("resource", new CedarType.EntityOf(environment.ResourceType.Name), []),
            new($"{principal}::\"{id()}\"", new CedarType.EntityOf(principal), []),
        ];
        List<SmallPath> last = [.. paths, new("context", environment.Action.Context, [])];
        for (var i = 0; i < Depth; i++)
        {
            last = [.. last.SelectMany(p => Below(p, schema))];
            paths.AddRange(last);
        }

        return paths;
    }

    private static IEnumerable<SmallPath> Below(SmallPath path, CedarSchema schema)
    {
        var record = path.Type switch
        {
            RecordType fields => fields,
            CedarType.EntityOf(var name) => schema.EntityTypes[name].Attributes,
            _ => RecordType.Empty,
        };
        return record.Attributes.Select(a => new SmallPath(
            $"{path.Text}.{a.Key}", a.Value.Type, a.Value.Required ? path.Guards : path.Guards.Add($"{path.Text} has {a.Key}")));
    }
}
