using System.Collections.Immutable;
using Holdpoint.Agreements.Loading.Yaml;

namespace Holdpoint.Agreements.Loading;

/// <summary>
/// Reads <c>agreement.yaml</c>. A faulty value is reported and left out, so that the rest can be checked in the same run.
/// </summary>
internal sealed partial class FactsReader(YamlSection root, Vocabulary vocabulary, Problems problems)
{
    public AgreementFacts Read()
    {
        var name = root.Name("name");
        var parties = ReadParties();
        var deployments = ReadDeployments(parties);
        var facts = new AgreementFacts(
            name ?? "",
            parties,
            ReadSeats(parties),
            deployments,
            ReadProviders(),
            ReadTools(deployments),
            ReadIssuers(deployments),
            ReadLimits(),
            ReadPhrases(),
            ReadAmendment(parties));
        root.Close();
        return facts;
    }

    private ImmutableArray<Party> ReadParties()
    {
        var parties = new Named<Party>("party", problems);
        foreach (var item in root.Sections("parties"))
        {
            var name = item.Name("name");
            PartyRole? role = OneOf(item, "role", ["provider", "customer"]) switch
            {
                "provider" => PartyRole.Provider,
                "customer" => PartyRole.Customer,
                _ => null,
            };
            item.Close();
            parties.Add(name, item.Place, () => new(name!, role ?? PartyRole.Provider));
        }

        return parties.All;
    }

    private ImmutableArray<SeatHolders> ReadSeats(ImmutableArray<Party> parties)
    {
        var seats = new Named<SeatHolders>("seat kind", problems);
        var kinds = vocabulary.ValuesOf("Seat").Select(seat => seat.Split('#')[0]).Distinct().ToList();
        foreach (var item in root.Sections("seats", required: false))
        {
            var kind = OneOf(item, "kind", kinds);
            var party = Refer(item, "party", parties.Select(p => p.Name));
            var persons = item.Names("persons");
            item.Close();
            seats.Add(kind, item.Place, () => new(kind!, party ?? "", [.. persons]));
        }

        return seats.All;
    }

    private ImmutableArray<Deployment> ReadDeployments(ImmutableArray<Party> parties)
    {
        var deployments = new Named<Deployment>("deployment", problems);
        foreach (var item in root.Sections("deployments"))
        {
            var name = item.Name("name");
            var customer = Refer(item, "customer", parties.Where(p => p.Role == PartyRole.Customer).Select(p => p.Name));
            var suspended = item.Flag("suspended");
            item.Close();
            deployments.Add(name, item.Place, () => new(name!, customer ?? "", suspended ?? false));
        }

        return deployments.All;
    }

    private ImmutableArray<ModelProvider> ReadProviders()
    {
        var providers = new Named<ModelProvider>("provider", problems);
        foreach (var item in root.Sections("providers"))
        {
            var name = item.Name("name");
            var models = item.Names("models");
            foreach (var model in models.Where(model => model[..^1].Contains('*', StringComparison.Ordinal)))
            {
                problems.Add(ProblemCode.BadValue, item.PlaceOf("models"), $"'{model}' has a * before its end", "put * at the end only");
            }

            item.Close();
            providers.Add(name, item.Place, () => new(name!, [.. models]));
        }

        return providers.All;
    }

    private ImmutableArray<RegisteredTool> ReadTools(ImmutableArray<Deployment> deployments)
    {
        var tools = new Named<RegisteredTool>("tool of one deployment, name and digest", problems);
        foreach (var item in root.Sections("tools", required: false))
        {
            var deployment = Refer(item, "deployment", deployments.Select(d => d.Name));
            var name = item.Name("name");
            var digest = item.Sha256("digest");
            var effect = OneOf(item, "effect", vocabulary.ValuesOf("EffectClass"));
            item.Close();
            if (deployment is not null && digest is not null && effect is not null)
            {
                tools.Add(
                    name is null ? null : $"{deployment} {name} {digest}",
                    item.Place,
                    () => new(deployment, name!, digest, new EffectClass(effect)));
            }
        }

        return tools.All;
    }

    private AgreementLimits ReadLimits()
    {
        if (root.Section("limits") is not { } limits)
        {
            return new(1, 1);
        }

        var read = new AgreementLimits(limits.Number("exposure_days", 1, 3660) ?? 1, limits.Number("hold_minutes", 1, 43_200) ?? 1);
        limits.Close();
        return read;
    }

    private ImmutableSortedDictionary<string, ImmutableArray<string>> ReadPhrases()
    {
        var phrases = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (root.Section("signals", required: false) is { } signals)
        {
            if (signals.Section("phrases", required: false) is { } names)
            {
                foreach (var name in names.Keys())
                {
                    var texts = names.Names(name);
                    foreach (var text in texts.Where(text => !text.Any(char.IsLetterOrDigit)))
                    {
                        problems.Add(
                            ProblemCode.BadValue, names.PlaceOf(name), $"a phrase of '{name}' has no letter", "write words to look for");
                    }

                    phrases[name] = [.. texts];
                }
            }

            signals.Close();
        }

        return phrases.ToImmutable();
    }

    private AmendmentRules ReadAmendment(ImmutableArray<Party> parties)
    {
        if (root.Section("amendment") is not { } amendment)
        {
            return new([], []);
        }

        var tighten = ReferAll(amendment, "tighten", parties.Select(p => p.Name));
        var loosen = ReferAll(amendment, "loosen", parties.Select(p => p.Name));
        amendment.Close();
        if (loosen is [_])
        {
            problems.Add(
                ProblemCode.BadValue, amendment.PlaceOf("loosen"),
                "one party could loosen the agreement alone", "name at least two parties");
        }

        return new(tighten, loosen);
    }
}
