using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Agreements;

/// <summary>
/// The terms that clauses may use: a Cedar schema, in which the enumerated types are lists of values. Either built in, or built in with an
/// agreement's additions. Immutable and safe to share.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>The namespace that only the built-in vocabulary defines.</summary>
    public const string Namespace = "Holdpoint";

    private const string Prefix = Namespace + "::";

    private readonly FrozenDictionary<string, FrozenDictionary<string, EntityValue>> _lists;

    /// <summary>Creates a vocabulary from documents that make a schema.</summary>
    internal Vocabulary(CedarSchema schema, params ReadOnlySpan<SchemaDocument> documents)
    {
        Schema = schema;
        _lists = schema.EntityTypes.Values.Where(type => type.EnumIds is not null).ToFrozenDictionary(
            list => list.Name,
            list => list.EnumIds!.Value.ToFrozenDictionary(
                value => value, value => Value.Of(new EntityUid(list.Name, value)), StringComparer.Ordinal),
            StringComparer.Ordinal);
        Document = documents[0];
        Attributes = AttributeNames.In(documents).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The vocabulary that every agreement has.</summary>
    public static Vocabulary BuiltIn { get; } = ReadBuiltIn();

    /// <summary>The text of the built-in vocabulary: a Cedar schema.</summary>
    public static string BuiltInSchema => ReadResource();

    /// <summary>The full names of all entity types, lists included, such as <c>Holdpoint::Model</c>.</summary>
    public IEnumerable<string> EntityTypes => Schema.EntityTypes.Keys;

    /// <summary>The names of all attributes, wherever they occur.</summary>
    public IReadOnlySet<string> Attributes { get; }

    /// <summary>The schema that requests, entities and clauses are checked against.</summary>
    public CedarSchema Schema { get; }

    /// <summary>The namespace Holdpoint as it was written, with the values that the agreement adds.</summary>
    internal SchemaDocument Document { get; }

    /// <summary>The full names of the lists.</summary>
    internal IEnumerable<string> Lists => _lists.Keys;

    /// <summary>
    /// Whether a list, such as <c>Purpose</c>, has a value. A full name such as <c>Holdpoint::Purpose</c> is accepted as well.
    /// </summary>
    public bool HasValue(string list, string value) => Find(list)?.ContainsKey(value) ?? false;

    /// <summary>The values of a list, in the order of the schema; empty when there is no such list.</summary>
    public ImmutableArray<string> ValuesOf(string list) => Schema.EntityTypes.GetValueOrDefault(FullName(list))?.EnumIds ?? [];

    /// <summary>Whether a type is a list of values.</summary>
    public bool IsList(string type) => _lists.ContainsKey(FullName(type));

    /// <summary>Whether a type is a type of actions: <c>Holdpoint::Action</c>, or one of an agreement's own namespaces.</summary>
    internal bool IsActionType(string type) => Schema.Actions.Keys.Any(action => action.Type == type);

    /// <summary>The names of the actions of a type.</summary>
    internal IEnumerable<string> ActionsOf(string type) =>
        Schema.Actions.Keys.Where(action => action.Type == type).Select(action => action.Id);

    /// <summary>The value, or the list's worst value when the list does not have it.</summary>
    internal EntityValue ValueOrWorst(string list, string value)
    {
        var values = _lists[Prefix + list];
        return values.TryGetValue(value, out var known) ? known : values[WorstOf(list)];
    }

    /// <summary>The value that means "nobody has said" in a list of the namespace Holdpoint.</summary>
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
        var parsed = SchemaParser.Parse(ReadResource());
        var resolved = parsed.IsValid ? CedarSchema.Resolve(parsed.Document) : new(null, parsed.Diagnostics, []);
        return resolved.IsValid
            ? new(resolved.Schema, parsed.Document!)
            : throw new InvalidOperationException($"The built-in vocabulary does not read: {resolved.Diagnostics[0]}");
    }

    private static string ReadResource()
    {
        using var stream = typeof(Vocabulary).Assembly.GetManifestResourceStream("holdpoint.cedarschema")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
