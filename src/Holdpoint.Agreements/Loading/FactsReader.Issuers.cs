using System.Collections.Immutable;
using Holdpoint.Agreements.Loading.Yaml;
using Holdpoint.Evidence.Predicates;
using Holdpoint.Evidence.Trust;
using Holdpoint.Log.Signing;

namespace Holdpoint.Agreements.Loading;

internal sealed partial class FactsReader
{
    private TrustedIssuers ReadIssuers(ImmutableArray<Deployment> deployments)
    {
        var issuers = new Named<Issuer>("issuer", problems);
        foreach (var item in root.Sections("issuers"))
        {
            var name = item.Name("name");

            // Not only of those who agreed: a court or a registry vouches without being bound.
            var party = item.Name("party");
            var key = ReadKey(item);
            var predicates = ReadPredicates(item);
            var until = item.Date("until");
            var person = item.Name("person", required: false);
            var scope = ReferAll(item, "deployments", deployments.Select(d => d.Name), required: false);
            if (scope.IsEmpty && item.Has("deployments"))
            {
                // Empty would mean all of them, which nobody who writes the key means.
                problems.Add(
                    ProblemCode.BadValue, item.PlaceOf("deployments"),
                    "'deployments' is empty", "name some, or leave the key out to mean all");
            }

            item.Close();
            if (party is not null && key is not null && predicates is not [] && until is { } last)
            {
                issuers.Add(name, item.Place, () => new(name!, party, key, predicates, last, scope, person));
            }
        }

        if (TrustedIssuers.FaultIn(issuers.All) is { } fault)
        {
            problems.Add(ProblemCode.DuplicateName, root.PlaceOf("issuers"), fault, "list each key once");
            return TrustedIssuers.None;
        }

        return new TrustedIssuers(issuers.All);
    }

    private Ed25519PublicKey? ReadKey(YamlSection item)
    {
        if (item.Text("key") is not { } text)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Ed25519PublicKey.Size];
        var fault = "it is not 32 bytes in base64";
        if (text.Length == 44 && Convert.TryFromBase64String(text, bytes, out var length) && length == Ed25519PublicKey.Size
            && Ed25519PublicKey.TryFromBytes(bytes, out var key, out fault))
        {
            return key;
        }

        problems.Add(
            ProblemCode.BadValue, item.PlaceOf("key"), $"'key' is not a valid public key: {fault}",
            "copy the line that 'holdpoint keygen signer' prints");
        return null;
    }

    private ImmutableArray<PredicateType> ReadPredicates(YamlSection item)
    {
        var predicates = ImmutableArray.CreateBuilder<PredicateType>();
        foreach (var name in item.Names("predicates"))
        {
            if (PredicateType.FromName(name) is { } predicate)
            {
                predicates.Add(predicate);
            }
            else
            {
                problems.Add(
                    ProblemCode.BadValue,
                    item.PlaceOf("predicates"),
                    $"unknown predicate '{name}'",
                    Suggestion.For(name, PredicateType.All.Select(known => known.Name)));
            }
        }

        return predicates.ToImmutable();
    }
}
