using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Grounding;

internal sealed partial class Grounder
{
    private readonly HashSet<(int, int, int)> _done = [];

    /// <summary>
    /// Says of every relation, pair of sets and triple of entities what they need to be like. Each of these sentences can name new
    /// elements, so it goes on until none does. It ends: a sentence names the elements there are, or sets nested less deeply.
    /// </summary>
    private bool Close()
    {
        int before;
        do
        {
            before = _axioms.Count;
            CloseRelations();
            CloseHandles();
            CloseHierarchy();
        }
        while (_axioms.Count > before && _axioms.Count <= MaxAxioms);
        return _axioms.Count <= MaxAxioms;
    }

    private void CloseRelations()
    {
        for (var i = 0; i < _relations.Count && _axioms.Count <= MaxAxioms; i++)
        {
            var (atom, holds, witness) = _relations[i];
            var (a, b) = (atom.Arguments[0], atom.Arguments[1]);
            var isSubset = atom.Op == TermOp.Subset;
            if (_done.Add((i, -1, -1)))
            {
                Assume(isSubset
                    ? _terms.Or(holds, _terms.And(In(witness, a), _terms.Not(In(witness, b))))
                    : _terms.Implies(holds, _terms.And(In(witness, a), In(witness, b))));
            }

            var elements = _elements[_relations[i].Element];
            for (var j = 0; j < elements.Count && _axioms.Count <= MaxAxioms; j++)
            {
                if (_done.Add((i, j, -1)))
                {
                    var (inA, inB) = (In(elements[j], a), In(elements[j], b));
                    Assume(
                        isSubset ? _terms.Or(_terms.Not(holds), _terms.Not(inA), inB) : _terms.Or(holds, _terms.Not(inA), _terms.Not(inB)));
                }
            }
        }
    }

    private void CloseHandles()
    {
        foreach (var sets in _handled.Values.ToList())
        {
            for (var i = 0; i < sets.Count; i++)
            {
                for (var j = 0; j < i && _axioms.Count <= MaxAxioms; j++)
                {
                    if (_done.Add((sets[i].Id, sets[j].Id, -2)))
                    {
                        Assume(_terms.Equal(_terms.Equal(HandleOf(sets[i]), HandleOf(sets[j])), Ground(_terms.Equal(sets[i], sets[j]))));
                    }
                }
            }
        }
    }

    private void CloseHierarchy()
    {
        foreach (var (type, entities) in _entities.ToList())
        {
            for (var i = 0; i < entities.Count; i++)
            {
                if (_ancestry.Of(type, type) is { } self && _done.Add((entities[i].Id, -3, -3)))
                {
                    Assume(_terms.Not(In(entities[i], _terms.Apply(self, entities[i]))));
                }

                foreach (var middle in _ancestry.TypesAbove(type))
                {
                    foreach (var top in _ancestry.TypesAbove(middle))
                    {
                        CloseChain(entities[i], type, middle, top);
                    }
                }
            }
        }
    }

    private void CloseChain(Term low, string type, string middle, string top)
    {
        if (!_entities.TryGetValue(middle, out var middles) || !_entities.TryGetValue(top, out var tops))
        {
            return;
        }

        for (var j = 0; j < middles.Count; j++)
        {
            for (var k = 0; k < tops.Count && _axioms.Count <= MaxAxioms; k++)
            {
                if (!ReferenceEquals(low, middles[j]) && !ReferenceEquals(middles[j], tops[k])
                    && _done.Add((low.Id, middles[j].Id, tops[k].Id)))
                {
                    Assume(_terms.Or(
                        _terms.Not(IsBelow(low, type, middles[j], middle)),
                        _terms.Not(IsBelow(middles[j], middle, tops[k], top)),
                        IsBelow(low, type, tops[k], top)));
                }
            }
        }
    }

    private Term IsBelow(Term entity, string type, Term ancestor, string above) =>
        _ancestry.Of(type, above) is { } ancestors ? In(ancestor, _terms.Apply(ancestors, entity)) : _terms.False;

    private Term In(Term element, Term set) => Ground(_terms.Member(element, set));

    private void Assume(Term axiom)
    {
        if (!axiom.IsTrue)
        {
            _axioms.Add(axiom);
        }
    }
}
