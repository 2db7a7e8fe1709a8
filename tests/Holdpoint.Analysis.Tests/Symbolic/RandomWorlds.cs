using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Tests.Symbolic;

/// <summary>Interpretations of a request and a store at random, with hierarchies as stores have them: without cycles, transitive.</summary>
internal static class RandomWorlds
{
    private const int EntitiesPerType = 3;

    public static Interpretation Model(SymbolicStore store, SymbolicRequest request, Random random)
    {
        var model = new Interpretation();
        foreach (var unknown in (Term[])[request.Principal, request.Resource, request.Context])
        {
            Give(unknown, model, random);
        }

        foreach (var type in store.Schema.EntityTypes.Values.Where(t => t.EnumIds is null))
        {
            for (var i = 0; i < EntitiesPerType; i++)
            {
                var entity = EntityOf(store, type.Name, i);
                Give(store.AttributesOf(entity), model, random);
                if (type.Tags is not null)
                {
                    Give(store.TagNames(entity), model, random);
                    foreach (var text in RandomValues.AllTexts)
                    {
                        Give(store.Tag(entity, store.Terms.Constant(text)), model, random);
                    }
                }
            }
        }

        GiveAncestors(store, model, random);
        return model;
    }

    private static void Give(Term unknown, Interpretation model, Random random)
    {
        switch (unknown.Op)
        {
            case TermOp.Variable:
                model[(string)unknown.Content!] = RandomValues.Of(unknown.Type, random);
                break;
            case TermOp.Apply:
                model[(FunctionSymbol)unknown.Content!, unknown.Arguments.Select(a => a.Value!)] = RandomValues.Of(unknown.Type, random);
                break;
            default:
                foreach (var part in unknown.Arguments)
                {
                    Give(part, model, random);
                }

                break;
        }
    }

    private static void GiveAncestors(SymbolicStore store, Interpretation model, Random random)
    {
        // A random order without cycles, then its closure.
        (string Type, int Number)[] all =
        [
            .. store.Schema.EntityTypes.Values.Where(t => t.EnumIds is null)
                .SelectMany(t => Enumerable.Range(0, EntitiesPerType).Select(i => (t.Name, i))),
        ];
        random.Shuffle(all);
        var above = new Dictionary<(string, int), HashSet<(string Type, int Number)>>();
        foreach (var low in all)
        {
            // What comes earlier in the order may be above what comes later.
            HashSet<(string Type, int Number)> mine = [];
            foreach (var high in above.Keys.Where(
                h => store.Schema.EntityTypes[low.Type].ParentTypes.Contains(h.Item1) && random.Next(3) == 0).ToList())
            {
                mine.Add(high);
                mine.UnionWith(above[high]);
            }

            above[low] = mine;
        }

        foreach (var ((type, number), mine) in above)
        {
            foreach (var high in store.Ancestry.TypesAbove(type))
            {
                model[store.Ancestry.Of(type, high)!, EntityOf(store, type, number).Value!] =
                    Value.Set(mine.Where(a => a.Type == high).Select(a => EntityOf(store, a.Type, a.Number).Value!));
            }
        }
    }

    private static Term EntityOf(SymbolicStore store, string type, int number) =>
        store.Terms.Constant(Value.Of(new EntityUid(type, $"e{number}")), store.Types.OfEntity(type));
}
