using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Grounding;

/// <summary>Terms in the order in which they were first seen; the list may grow while it is gone through by index.</summary>
internal sealed class UniqueTerms
{
    private readonly HashSet<Term> _seen = [];
    private readonly List<Term> _terms = [];

    public int Count => _terms.Count;

    public Term this[int index] => _terms[index];

    public void Add(Term term)
    {
        if (_seen.Add(term))
        {
            _terms.Add(term);
        }
    }
}
