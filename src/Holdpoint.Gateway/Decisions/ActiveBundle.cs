using Holdpoint.Agreements;
using Holdpoint.Gateway.Identity;
using Holdpoint.Gateway.Provenance;
using Holdpoint.Log;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// The bundle that decides, and what is verified and identified under it. Immutable apart from the evidence; thread-safe.
/// </summary>
/// <param name="Agreement">The agreement as this bundle has it.</param>
/// <param name="Evidence">The posted evidence, verified against the agreement's issuers.</param>
/// <param name="Clients">The known client keys.</param>
internal sealed record ActiveBundle(Agreement Agreement, EvidenceCatalog Evidence, ClientRegistry Clients)
{
    /// <summary>The bundle's digest, as records name it.</summary>
    public Hash Digest { get; } = Hash.TryParseHex(Agreement.Bundle.Value, out var digest)
        ? digest
        : throw new ArgumentException("A bundle is named by its SHA-256.", nameof(Agreement));

    /// <summary>The clauses and red lines that a hold or a decision names, in the order of the agreement.</summary>
    public IEnumerable<Clause> Named(IReadOnlyCollection<string> ids) =>
        Agreement.Clauses.Concat(Agreement.RedLines).Where(clause => ids.Contains(clause.Id.ToString()));

    /// <summary>Whether the agreement registers that tool for a deployment by the digest of exactly this definition.</summary>
    public bool Registers(string deployment, ToolDefinition tool)
    {
        // Most definitions are registered by no name, so most are not digested here.
        var named = Agreement.Tools.Any(registered => registered.Deployment == deployment && registered.Name == tool.Name);
        return named && ToolDigest.Of(tool) is { } digest && Agreement.Tools.Any(
            registered => registered.Deployment == deployment && registered.Name == tool.Name && registered.DefinitionDigest == digest);
    }
}
