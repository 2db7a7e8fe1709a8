using System.Collections.Immutable;
using Holdpoint.Evidence.Trust;

namespace Holdpoint.Agreements;

/// <summary>The contents of <c>agreement.yaml</c>, checked: every name refers to something, and is unique among its kind.</summary>
internal sealed record AgreementFacts(
    string Name,
    ImmutableArray<Party> Parties,
    ImmutableArray<SeatHolders> Seats,
    ImmutableArray<Deployment> Deployments,
    ImmutableArray<ModelProvider> Providers,
    ImmutableArray<RegisteredTool> Tools,
    TrustedIssuers Issuers,
    AgreementLimits Limits,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Phrases,
    AmendmentRules Amendment);
