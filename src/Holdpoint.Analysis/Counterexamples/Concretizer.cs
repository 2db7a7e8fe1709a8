using System.Collections.Immutable;
using System.Diagnostics;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Counterexamples;

/// <summary>Makes real requests and entities of an interpretation.</summary>
internal sealed class Concretizer
{
    private readonly SymbolicStore _store;
    private readonly TermEvaluator _evaluator;
    private readonly Dictionary<EntityUid, Entity> _entities = [];
    private readonly Queue<EntityUid> _named = [];
    private readonly HashSet<EntityUid> _seen = [];

    private Concretizer(SymbolicStore store, Interpretation model)
    {
        _store = store;
        _evaluator = new TermEvaluator(model);
        Name(model.Values);
    }

    /// <summary>The requests, on one store.</summary>
    /// <param name="store">The symbolic store.</param>
    /// <param name="model">What its unknowns are.</param>
    /// <param name="requests">The symbolic requests.</param>
    /// <param name="named">Further entities that have to exist: those that policies name.</param>
    public static ImmutableArray<Witness> Concretize(
        SymbolicStore store, Interpretation model, IEnumerable<SymbolicRequest> requests, IEnumerable<Value> named)
    {
        var concretizer = new Concretizer(store, model);
        ImmutableArray<Request> concrete = [.. requests.Select(concretizer.RequestOf)];
        concretizer.Name(named);
        concretizer.Name(concrete.SelectMany(r => (Value[])[Value.Of(r.Principal), Value.Of(r.Resource), r.Context]));
        concretizer.AddAll();
        ImmutableArray<Entity> entities =
        [
            .. concretizer._entities.Values.OrderBy(e => e.Uid.Type, StringComparer.Ordinal).ThenBy(e => e.Uid.Id, StringComparer.Ordinal),
        ];
        var all = EntityStore.Create([.. entities, .. store.Schema.ActionEntities]);
        return [.. concrete.Select(r => new Witness(r, entities, all))];
    }

    private Request RequestOf(SymbolicRequest request) => new(
        Uid(request.Principal),
        Uid(request.Action),
        Uid(request.Resource),
        (RecordValue)Retyped(_evaluator.Evaluate(request.Context)!, request.Environment.Action.Context));

    private EntityUid Uid(Term entity) => ((EntityValue)_evaluator.Evaluate(entity)!).Uid;

    private void AddAll()
    {
        while (_named.TryDequeue(out var uid))
        {
            // The values of lists exist without being in a store, and have nothing to read.
            if (_store.Schema.EntityTypes.TryGetValue(uid.Type, out var type) && type.EnumIds is null)
            {
                Add(uid, type);
            }
        }
    }

    private void Add(EntityUid uid, EntityType type)
    {
        var entity = _store.Terms.Constant(Value.Of(uid), _store.Types.OfEntity(uid.Type));
        var attributes = (RecordValue)Retyped(_evaluator.Evaluate(_store.AttributesOf(entity))!, type.Attributes);
        var tags = RecordValue.Empty;
        if (type.Tags is { } tagType)
        {
            var names = (SetValue)_evaluator.Evaluate(_store.TagNames(entity))!;
            tags = Value.Record(names.Elements.Cast<StringValue>().Select(name => KeyValuePair.Create(
                name.Value,
                Retyped(_evaluator.Evaluate(_store.Tag(entity, _store.Terms.Constant(name, TermType.String)))!, tagType))));
        }

        var ancestors = AncestorsOf(uid);
        Name([attributes, tags, .. ancestors.Select(a => Value.Of(a))]);
        _entities[uid] = new Entity(uid, attributes, Parents(type, ancestors), tags);
    }

    private List<EntityUid> AncestorsOf(EntityUid uid)
    {
        var entity = _store.Terms.Constant(Value.Of(uid), _store.Types.OfEntity(uid.Type));
        return
        [
            .. _store.Ancestry.TypesAbove(uid.Type)
                .SelectMany(above => ((SetValue)_evaluator.Evaluate(_store.AncestorsOf(entity, above)!)!).Elements)
                .Select(a => ((EntityValue)a).Uid),
        ];
    }

    /// <summary>
    /// The parents that give an entity these ancestors. Where the schema lets an ancestor be none of a parent, and no other ancestor leads
    /// to it, an entity in between is made up: nothing asked about it.
    /// </summary>
    private List<EntityUid> Parents(EntityType type, List<EntityUid> ancestors)
    {
        List<EntityUid> parents = [.. ancestors.Where(a => type.ParentTypes.Contains(a.Type))];
        var reached = parents.SelectMany(AncestorsOf).ToHashSet();
        foreach (var ancestor in ancestors.Except(parents).Where(a => !reached.Contains(a)).ToList())
        {
            parents.Add(Between(type, ancestor));
        }

        return parents;
    }

    private EntityUid Between(EntityType type, EntityUid ancestor)
    {
        var parent = type.ParentTypes.First(p => _store.Schema.EntityTypes[p].AncestorTypes.Contains(ancestor.Type));
        var uid = new EntityUid(parent, $"between {type.Name} and {ancestor.Id}");
        if (_seen.Add(uid))
        {
            var between = _store.Schema.EntityTypes[parent];
            var entity = _store.Terms.Constant(Value.Of(uid), _store.Types.OfEntity(parent));
            var attributes = (RecordValue)Retyped(_evaluator.Evaluate(_store.AttributesOf(entity))!, between.Attributes);
            Name([attributes]);
            _entities[uid] = new Entity(
                uid, attributes, [between.ParentTypes.Contains(ancestor.Type) ? ancestor : Between(between, ancestor)]);
        }

        return uid;
    }

    private void Name(IEnumerable<Value> values)
    {
        var rest = new Stack<Value>(values);
        while (rest.TryPop(out var value))
        {
            switch (value)
            {
                case EntityValue { Uid: var uid } when _seen.Add(uid):
                    _named.Enqueue(uid);
                    break;
                case SetValue set:
                    foreach (var element in set.Elements)
                    {
                        rest.Push(element);
                    }

                    break;
                case RecordValue record:
                    foreach (var (_, field) in record.Fields)
                    {
                        rest.Push(field);
                    }

                    break;
            }
        }
    }

    /// <summary>A value of terms, which know only 64-bit integers, as the value of a Cedar type.</summary>
    private static Value Retyped(Value value, CedarType type) => (type, value) switch
    {
        (CedarType.ExtensionOf { Kind: ExtensionKind.Decimal }, LongValue number) => new DecimalValue(number.Value),
        (CedarType.ExtensionOf { Kind: ExtensionKind.DateTime }, LongValue number) => new DateTimeValue(number.Value),
        (CedarType.ExtensionOf { Kind: ExtensionKind.Duration }, LongValue number) => new DurationValue(number.Value),
        (CedarType.SetOf(var element), SetValue set) => Value.Set(set.Elements.Select(e => Retyped(e, element))),
        (RecordType record, RecordValue fields) => Value.Record(fields.Fields.Select(f =>
            record.TryGet(f.Key, out var attribute)
                ? KeyValuePair.Create(f.Key, Retyped(f.Value, attribute.Value.Type))
                : throw new UnreachableException())),
        _ => value,
    };
}
