using System.Collections.Frozen;
using System.Collections.Immutable;
using Holdpoint.Evidence.Trust;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Agreements;

/// <summary>
/// One version of an agreement, loaded and ready to decide. Immutable and safe to share between threads; compiled once.
/// </summary>
public sealed partial class Agreement
{
    private readonly AgreementFacts _facts;
    private readonly ImmutableArray<LoadedClause> _loaded;
    private readonly FrozenDictionary<string, Deployment> _deployments;
    private readonly FrozenDictionary<string, ModelProvider> _providers;
    private readonly FrozenDictionary<(string Deployment, string Name, string Digest), EffectClass> _effects;
    private readonly FrozenDictionary<string, (Clause Clause, Seats? Hold)> _policies;
    private readonly Subjects _subjects;
    private readonly SituationContext _contexts;
    private readonly RequestValidator _requests;
    private readonly Authorizer _authorizer;
    private readonly DecisionsByPattern _decisions = new();

    internal Agreement(BundleDigest bundle, AgreementFacts facts, Vocabulary vocabulary, ImmutableArray<LoadedClause> loaded)
    {
        Bundle = bundle;
        Vocabulary = vocabulary;
        _facts = facts;
        _loaded = loaded;
        _deployments = facts.Deployments.ToFrozenDictionary(deployment => deployment.Name, StringComparer.Ordinal);
        _providers = facts.Providers.ToFrozenDictionary(provider => provider.Name, StringComparer.Ordinal);
        _effects = facts.Tools.ToFrozenDictionary(tool => (tool.Deployment, tool.Name, tool.DefinitionDigest), tool => tool.Effect);
        _policies = loaded
            .SelectMany(clause => clause.Policies.Select(policy => (policy.Policy.Id, clause.Clause, policy.Hold)))
            .ToFrozenDictionary(policy => policy.Id, policy => (policy.Clause, policy.Hold), StringComparer.Ordinal);
        CanHold = _policies.Values.Any(policy => policy.Hold is not null);
        _contexts = new SituationContext(vocabulary, facts.Issuers.All.Select(issuer => issuer.Name), facts.Phrases.Keys);
        _requests = new RequestValidator(vocabulary.Schema);
        _subjects = new Subjects(facts, vocabulary, _requests);
        _authorizer = PolicySet.Create(loaded.SelectMany(clause => clause.Policies).Select(policy => policy.Policy)).Compile();
    }

    /// <summary>The agreement's name, which <c>authority/v1</c> statements refer to.</summary>
    public string Name => _facts.Name;

    /// <summary>The digest that identifies this version.</summary>
    public BundleDigest Bundle { get; }

    /// <summary>The terms that the clauses may use: the built-in vocabulary with the agreement's additions.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The clauses, by id; red lines are not among them.</summary>
    public ImmutableArray<Clause> Clauses => [.. _loaded.Select(clause => clause.Clause).Where(clause => !clause.IsRedLine)];

    /// <summary>The red lines, by id.</summary>
    public ImmutableArray<Clause> RedLines => [.. _loaded.Select(clause => clause.Clause).Where(clause => clause.IsRedLine)];

    /// <summary>Whether any clause holds anything: where none does, no decision is ever <see cref="Verdict.Hold"/>.</summary>
    public bool CanHold { get; }

    /// <summary>The clauses with their policies, red lines among them.</summary>
    internal ImmutableArray<LoadedClause> Loaded => _loaded;

    /// <summary>The parties that agreed.</summary>
    public ImmutableArray<Party> Parties => _facts.Parties;

    /// <summary>The persons who may fill the seats of each kind.</summary>
    public ImmutableArray<SeatHolders> Seats => _facts.Seats;

    /// <summary>Registered workloads.</summary>
    public ImmutableArray<Deployment> Deployments => _facts.Deployments;

    /// <summary>The providers of models, with their models.</summary>
    public ImmutableArray<ModelProvider> Providers => _facts.Providers;

    /// <summary>Tools whose effect is agreed.</summary>
    public ImmutableArray<RegisteredTool> Tools => _facts.Tools;

    /// <summary>Keys whose statements count.</summary>
    public TrustedIssuers Issuers => _facts.Issuers;

    /// <summary>The texts for the detectors, by the phrase name that clauses use.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Phrases => _facts.Phrases;

    /// <summary>Numbers that clauses cannot express.</summary>
    public AgreementLimits Limits => _facts.Limits;

    /// <summary>The parties that may change the agreement.</summary>
    public AmendmentRules Amendment => _facts.Amendment;

    /// <summary>
    /// The effect that a tool can have: as registered for this deployment, name and definition, and kinetic for any other tool.
    /// </summary>
    /// <param name="deployment">The deployment that would call the tool.</param>
    /// <param name="toolName">The tool's name.</param>
    /// <param name="definitionDigest">SHA-256 of the tool's definition in RFC 8785 form, in lower hex.</param>
    public EffectClass EffectClassOf(string deployment, string toolName, string definitionDigest) =>
        _effects.TryGetValue((deployment, toolName, definitionDigest), out var effect) ? effect : EffectClass.Kinetic;
}
