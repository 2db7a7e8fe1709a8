using System.Diagnostics;
using System.Globalization;
using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.SmtLib;

internal sealed partial class SmtWriter
{
    // A single address and a range are told apart by the constructor, so that every value of the data type is an ipaddr and no other way
    // of writing one exists. `ip.host` is the number of bits after the prefix.
    private const string Addresses = """
        (declare-datatypes ((Ip 0)) ((
          (ip4 (a4 (_ BitVec 32))) (ip4p (b4 (_ BitVec 32)) (p4 (_ BitVec 5)))
          (ip6 (a6 (_ BitVec 128))) (ip6p (b6 (_ BitVec 128)) (p6 (_ BitVec 7))))))
        (define-fun ip.v6 ((x Ip)) Bool (or ((_ is ip6) x) ((_ is ip6p) x)))
        (define-fun ip.bits ((x Ip)) (_ BitVec 128)
          (ite ((_ is ip6) x) (a6 x) (ite ((_ is ip6p) x) (b6 x) ((_ zero_extend 96) (ite ((_ is ip4) x) (a4 x) (b4 x))))))
        (define-fun ip.host ((x Ip)) (_ BitVec 128)
          (ite ((_ is ip4p) x) (bvsub (_ bv32 128) ((_ zero_extend 123) (p4 x)))
            (ite ((_ is ip6p) x) (bvsub (_ bv128 128) ((_ zero_extend 121) (p6 x))) (_ bv0 128))))
        (define-fun ip.mask ((x Ip)) (_ BitVec 128) (bvsub (bvshl (_ bv1 128) (ip.host x)) (_ bv1 128)))
        (define-fun ip.first ((x Ip)) (_ BitVec 128) (bvand (ip.bits x) (bvnot (ip.mask x))))
        (define-fun ip.last ((x Ip)) (_ BitVec 128) (bvor (ip.bits x) (ip.mask x)))
        (define-fun ip.in ((x Ip) (y Ip)) Bool
          (and (= (ip.v6 x) (ip.v6 y)) (bvule (ip.first y) (ip.first x)) (bvule (ip.last x) (ip.last y))))

        """;

    private string SortOf(TermType type)
    {
        if (type == TermType.Boolean)
        {
            return "Bool";
        }

        if (type == TermType.Long)
        {
            return "(_ BitVec 64)";
        }

        if (type == TermType.String && _hasPatterns)
        {
            return "String";
        }

        if (!_sortNames.TryGetValue(type, out var name))
        {
            name = Declare(type);
            _sortNames.Add(type, name);
        }

        return name;
    }

    private string Declare(TermType type)
    {
        if (type == TermType.Address)
        {
            _sorts.Append(Addresses);
            return "Ip";
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"S{_sortNames.Count}");
        switch (type)
        {
            case TermType.Enum list:
                var members = Enumerable.Range(0, list.Ids.Length)
                    .Select(i => string.Create(CultureInfo.InvariantCulture, $"({name}_{i})"));
                _sorts.Append(CultureInfo.InvariantCulture, $"(declare-datatypes (({name} 0)) (({string.Join(' ', members)})))\n");
                return name;
            case TermType.Entity or TermType.HandleOf:
            case var text when text == TermType.String:
                _sorts.Append(CultureInfo.InvariantCulture, $"(declare-sort {name} 0)\n");
                return name;
            default:
                throw new UnreachableException($"{type} does not reach a solver.");
        }
    }
}
