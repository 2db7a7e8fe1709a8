using System.Collections.Immutable;
using Holdpoint.Analysis.Grounding;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Symbolic;

/// <summary>
/// All entity stores that conform to a schema: attributes, tags and ancestors are unknown functions of entities. Stores are closed, so
/// every entity that is named exists. The hierarchy of actions is known.
/// </summary>
internal sealed class SymbolicStore(TermFactory terms, CedarSchema schema)
{
    private readonly Ancestry _ancestry = new(schema);

    public TermFactory Terms => terms;

    public CedarSchema Schema => schema;

    public SymbolicTypes Types { get; } = new(schema);

    public Ancestry Ancestry => _ancestry;

    /// <summary>A value of a Cedar type made of unknown parts.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">What the parts are called after.</param>
    /// <param name="leaf">Makes an unknown of a name and a type.</param>
    public Term Unknown(CedarType type, string name, Func<string, TermType, Term> leaf) =>
        type is not RecordType record
            ? leaf(name, Types.Of(type))
            : terms.Record(
                (TermType.Record)Types.Of(record),
                [.. record.Attributes.Select(a => AttributeOf(a.Value, $"{name}.{Escaped(a.Key)}", leaf))]);

    private Term AttributeOf(AttributeType attribute, string name, Func<string, TermType, Term> leaf) =>
        attribute.Required
            ? Unknown(attribute.Type, name, leaf)
            : terms.Option(leaf($"{name}?", TermType.Boolean), Unknown(attribute.Type, name, leaf));

    /// <summary>The record of an entity's attributes.</summary>
    public Term AttributesOf(Term entity)
    {
        var type = TypeOf(entity);
        var attributes = schema.EntityTypes.TryGetValue(type, out var known) ? known.Attributes : RecordType.Empty;
        return Unknown(attributes, type, (name, result) => terms.Apply(new FunctionSymbol(name, [entity.Type], result), entity));
    }

    /// <summary>Whether an entity has a tag.</summary>
    public Term HasTag(Term entity, Term tag) =>
        TagsOf(entity) is null ? terms.False : terms.Member(tag, TagNames(entity));

    /// <summary>The names of an entity's tags.</summary>
    public Term TagNames(Term entity) =>
        terms.Apply(new FunctionSymbol($"{TypeOf(entity)} tags", [entity.Type], new TermType.SetOf(TermType.String)), entity);

    /// <summary>The value of a tag, which means nothing where there is none.</summary>
    public Term Tag(Term entity, Term tag) => Unknown(
        TagsOf(entity)!,
        $"{TypeOf(entity)} tag",
        (name, result) => terms.Apply(new FunctionSymbol(name, [entity.Type, TermType.String], result), entity, tag));

    /// <summary>The type of an entity's tags; null when it has none.</summary>
    public CedarType? TagsOf(Term entity) => schema.EntityTypes.GetValueOrDefault(TypeOf(entity))?.Tags;

    /// <summary>The ancestors of an entity that are of one type; null when there can be none.</summary>
    public Term? AncestorsOf(Term entity, string above)
    {
        if (entity.Type is TermType.Enum { Name: var name } list)
        {
            return list.Values.Any(v => schema.Actions.ContainsKey(((EntityValue)v).Uid))
                && name.EndsWith("Action", StringComparison.Ordinal)
                ? GroupsOf(entity, list, above)
                : null;
        }

        return _ancestry.Of(TypeOf(entity), above) is { } ancestors ? terms.Apply(ancestors, entity) : null;
    }

    // Attributes may be called anything, also what the names of unknowns are put together with.
    private static string Escaped(string name) =>
        name.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace(".", @"\.", StringComparison.Ordinal)
            .Replace("?", @"\?", StringComparison.Ordinal);

    public static string TypeOf(Term entity) => entity.Type is TermType.Enum list ? list.Name : ((TermType.Entity)entity.Type).Name;

    /// <summary>The groups of an action, which the schema lists.</summary>
    private Term GroupsOf(Term action, TermType.Enum list, string above)
    {
        var element = Types.OfEntity(above);
        var groups = terms.Set(element, []);
        foreach (var value in list.Values)
        {
            ImmutableArray<Term> these =
            [
                .. schema.Actions[((EntityValue)value).Uid].Ancestors.Where(a => a.Type == above)
                    .OrderBy(a => a.Id, StringComparer.Ordinal).Select(a => terms.Constant(Value.Of(a), element)),
            ];
            groups = terms.If(terms.Equal(action, terms.Constant(value, list)), terms.Set(element, these), groups);
        }

        return groups;
    }
}
