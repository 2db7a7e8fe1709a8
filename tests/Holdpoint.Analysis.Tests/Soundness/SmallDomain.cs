using System.Diagnostics;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Tests.Soundness;

/// <summary>A handful of values of every type.</summary>
/// <param name="schema">What values there can be.</param>
/// <param name="ids">The ids that entities have.</param>
/// <param name="policies">The policies. What they do not read stays as it is; where they calculate, numbers near the bounds matter.</param>
internal sealed class SmallDomain(CedarSchema schema, string[] ids, string policies)
{
    private static readonly string[] Texts = ["", "a", "ab"];
    private static readonly long[] Few = [0, 1, 2];
    private static readonly long[] Bounds = [0, 1, 2, -1, long.MaxValue, long.MinValue, long.MaxValue - 1, long.MaxValue / 2 + 1];

    // Sets of more than these are beyond what can be counted.
    private const int SetElements = 2;

    private readonly bool _calculates = policies.Contains('-')
        || policies.Contains(" + ", StringComparison.Ordinal) || policies.Contains(" * ", StringComparison.Ordinal);

    public IReadOnlyList<string> IdsOf(string type) => schema.EntityTypes[type].EnumIds is { } list ? list : ids;

    public IReadOnlyList<Value> Of(CedarType type) => type switch
    {
        CedarType.Boolean => [Value.Of(false), Value.Of(true)],
        CedarType.Long => [.. (_calculates ? Bounds : Few).Select(n => Value.Of(n))],
        CedarType.String => [.. Texts.Select(t => Value.Of(t))],
        CedarType.EntityOf(var name) => [.. IdsOf(name).Select(id => Value.Of(new EntityUid(name, id)))],
        CedarType.SetOf(var element) =>
            [.. Subsets([.. Of(element).Take(element is RecordType ? 2 * SetElements : SetElements)]).Select(s => Value.Set(s))],
        RecordType record => Records(record),
        _ => throw new UnreachableException(),
    };

    private IReadOnlyList<RecordValue> Records(RecordType type) =>
        Fields(type.Attributes.Select(a => (a.Key, Of(a.Value.Type), a.Value.Required)));

    /// <summary>What a context or the attributes of an entity can be, as far as the policies look.</summary>
    public IReadOnlyList<RecordValue> Attributes(RecordType type) =>
        Fields(type.Attributes.Select(
            a => (a.Key, IsRead(a.Key) ? Of(a.Value.Type) : [Of(a.Value.Type)[0]], a.Value.Required || !IsRead(a.Key))));

    /// <summary>What the tags of an entity can be, as far as the policies look.</summary>
    public IReadOnlyList<RecordValue> Tags(CedarType? type) => type is null
        ? [RecordValue.Empty]
        : Fields(Texts.Where(t => policies.Contains($"Tag(\"{t}\")", StringComparison.Ordinal)).Select(name => (name, Of(type), false)));

    public static List<List<T>> Subsets<T>(IReadOnlyList<T> of) =>
        [.. Enumerable.Range(0, 1 << of.Count).Select(bits => of.Where((_, i) => (bits >> i & 1) == 1).ToList())];

    private bool IsRead(string name) =>
        policies.Contains($".{name}", StringComparison.Ordinal) || policies.Contains($" has {name}", StringComparison.Ordinal);

    private static IReadOnlyList<RecordValue> Fields(IEnumerable<(string Name, IReadOnlyList<Value> Values, bool Required)> fields)
    {
        IEnumerable<IEnumerable<KeyValuePair<string, Value>>> all = [[]];
        foreach (var (name, values, required) in fields)
        {
            var before = all.ToList();
            all = values.SelectMany(v => before.Select(r => r.Append(KeyValuePair.Create(name, v)))).Concat(required ? [] : before);
        }

        return [.. all.Select(r => Value.Record(r))];
    }
}
