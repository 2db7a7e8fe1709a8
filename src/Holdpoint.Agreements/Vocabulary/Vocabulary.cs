using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Holdpoint.Policy;

namespace Holdpoint.Agreements;

/// <summary>
/// What clauses may speak about: entity types, the values of each list, and attribute names. Built in, or built in with what an
/// agreement adds. Immutable and safe to share.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>The namespace that only the built-in vocabulary defines.</summary>
    public const string Namespace = "Holdpoint";

    private const string Prefix = Namespace + "::";

    private readonly FrozenDictionary<string, FrozenDictionary<string, EntityValue>> _lists;
    private readonly FrozenSet<string> _entityTypes;
    private readonly FrozenSet<string> _attributes;

    internal Vocabulary(SchemaOutline outline)
    {
        Outline = outline;
        _lists = outline.Lists.ToFrozenDictionary(
            list => list.Key,
            list => list.Value.ToFrozenDictionary(value => value, value => Value.Of(new EntityUid(list.Key, value)), StringComparer.Ordinal),
            StringComparer.Ordinal);
        _entityTypes = outline.EntityTypes.ToFrozenSet(StringComparer.Ordinal);
        _attributes = outline.Attributes.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The vocabulary that every agreement has.</summary>
    public static Vocabulary BuiltIn { get; } = ReadBuiltIn();

    /// <summary>The text of the built-in vocabulary: a Cedar schema.</summary>
    public static string BuiltInSchema => ReadResource();

    /// <summary>The full names of all entity types, lists included, such as <c>Holdpoint::Model</c>.</summary>
    public IReadOnlySet<string> EntityTypes => _entityTypes;

    /// <summary>The names of all attributes, wherever they occur.</summary>
    public IReadOnlySet<string> Attributes => _attributes;

    internal SchemaOutline Outline { get; }

    /// <summary>Whether a list, such as <c>Purpose</c>, has a value. A full name such as <c>Holdpoint::Purpose</c> will do as well.</summary>
    public bool HasValue(string list, string value) => Find(list)?.ContainsKey(value) ?? false;

    /// <summary>The values of a list, in the order of the schema; empty when there is no such list.</summary>
    public ImmutableArray<string> ValuesOf(string list) => Outline.Lists.GetValueOrDefault(FullName(list), []);

    /// <summary>Whether a type is a list of values.</summary>
    public bool IsList(string type) => _lists.ContainsKey(FullName(type));

    /// <summary>The types of actions: <c>Holdpoint::Action</c> and those of an agreement's own namespaces.</summary>
    internal IEnumerable<string> ActionTypes => Outline.Actions.Keys;

    /// <summary>The names of the actions of a type.</summary>
    internal ImmutableArray<string> ActionsOf(string type) => Outline.Actions.GetValueOrDefault(type, []);

    /// <summary>The value, or the list's worst value when the list does not have it.</summary>
    internal EntityValue ValueOrWorst(string list, string value)
    {
        var values = _lists[Prefix + list];
        return values.TryGetValue(value, out var known) ? known : values[WorstOf(list)];
    }

    /// <summary>What stands for "nobody has said" in a list of the namespace Holdpoint.</summary>
    private static string WorstOf(string list) => list switch
    {
        "Environment" => Situation.UnattestedEnvironment,
        "EffectClass" => EffectClass.Kinetic.Name,
        _ => "unknown",
    };

    private static string FullName(string type) => type.Contains("::", StringComparison.Ordinal) ? type : Prefix + type;

    private FrozenDictionary<string, EntityValue>? Find(string list) => _lists.GetValueOrDefault(FullName(list));

    private static Vocabulary ReadBuiltIn()
    {
        var outline = SchemaOutline.Read(ReadResource(), out var fault);
        return outline is null ? throw new InvalidOperationException($"The built-in vocabulary does not read: {fault}") : new(outline);
    }

    private static string ReadResource()
    {
        using var stream = typeof(Vocabulary).Assembly.GetManifestResourceStream("holdpoint.cedarschema")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
