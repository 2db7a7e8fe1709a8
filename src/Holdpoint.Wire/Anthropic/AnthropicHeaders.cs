using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Holdpoint.Wire.Anthropic;

/// <summary>
/// The two headers of Anthropic's API that determine how a body is understood. Each forwarded value is a constant of this gateway, equal to
/// the value that the client asked for; an unknown value could move content to a place that is not read, so it is refused and not dropped
/// (ADR 0131).
/// </summary>
internal static class AnthropicHeaders
{
    public const string Version = "anthropic-version";
    public const string Beta = "anthropic-beta";

    /// <summary>
    /// The version of a client that names none: the oldest that is served, as for all clients before there were two versions.
    /// </summary>
    public const string DefaultVersion = "2023-06-01";

    /// <summary>
    /// The maximum number of values in the list, repetitions included. The longest list of a known client has under twenty.
    /// </summary>
    private const int MaxBetas = 64;

    private static readonly ImmutableArray<ForwardedHeader> DefaultHeaders = [new(Version, DefaultVersion)];

    // 2026-10-21 is what npm @anthropic-ai/sdk sends since 1.0.0.
    private static readonly FrozenDictionary<string, ImmutableArray<ForwardedHeader>> Versions =
        new Dictionary<string, ImmutableArray<ForwardedHeader>>
    {
        [DefaultVersion] = DefaultHeaders,
        ["2026-10-21"] = [new(Version, "2026-10-21")],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The betas that have no fields, or whose fields are in the tables of this format. Left out are betas that bring content from
    /// elsewhere (files, skills, threads, memories), send it elsewhere (fallbacks to other models), or refer to another account.
    /// </summary>
    private static readonly FrozenSet<string> Betas = new[]
    {
        "prompt-caching-2024-07-31", "extended-cache-ttl-2025-04-11",
        "cache-diagnosis-2026-04-07", "pdfs-2024-09-25", "token-counting-2024-11-01",
        "computer-use-2024-10-22", "computer-use-2025-01-24", "computer-use-2025-11-24", "token-efficient-tools-2025-02-19",
        "fine-grained-tool-streaming-2025-05-14", "code-execution-2025-05-22", "code-execution-2025-08-25", "web-fetch-2025-09-10",
        "advanced-tool-use-2025-11-20", "advisor-tool-2026-03-01", "mcp-client-2025-04-04", "mcp-client-2025-11-20",
        "mid-conversation-tool-changes-2026-07-01", "output-128k-2025-02-19", "output-300k-2026-03-24", "context-1m-2025-08-07",
        "context-management-2025-06-27", "model-context-window-exceeded-2025-08-26", "compact-2026-01-12", "compact-2026-09-04",
        "interleaved-thinking-2025-05-14", "dev-full-thinking-2025-05-14", "thinking-token-count-2026-05-13",
        "thinking-display-updates-2026-08-18", "thinking-binding-controls-2026-08-01", "structured-outputs-2025-11-13",
        "structured-outputs-2025-12-15", "task-budgets-2026-03-13", "fast-mode-2026-02-01", "mid-conversation-output-config-2026-07-01",
        "mid-conversation-system-clear-at-2026-08-21",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads both headers.</summary>
    /// <param name="headers">All headers of the request.</param>
    /// <param name="extraBetas">Further betas that the operator allows.</param>
    /// <param name="forwarded">The headers to forward; empty with a fault.</param>
    /// <returns>Null, or a fault with status 400.</returns>
    public static Fault? Read(HeaderValues headers, FrozenSet<string> extraBetas, out ImmutableArray<ForwardedHeader> forwarded)
    {
        forwarded = [];
        var version = headers(Version);
        if (version.Count > 1 || !Versions.TryGetValue(version.Count == 0 ? DefaultVersion : version[0]!.Trim(), out var known))
        {
            return WireFaults.UnsupportedHeader(
                $"The header {Version} must be one of {string.Join(", ", Versions.Keys.Order(StringComparer.Ordinal))}.");
        }

        var betas = new List<string>();
        foreach (var value in headers(Beta).SelectMany(line => (line ?? "").Split(',')).Select(text => text.Trim()).Where(
            text => text.Length > 0))
        {
            if (betas.Count == MaxBetas || !(Betas.TryGetValue(value, out var beta) || extraBetas.TryGetValue(value, out beta)))
            {
                return WireFaults.UnsupportedHeader($"The header {Beta} names what this gateway does not know, or what it does not allow.");
            }

            if (!betas.Contains(beta))
            {
                betas.Add(beta);
            }
        }

        forwarded = betas.Count == 0 ? known : [.. known, new ForwardedHeader(Beta, string.Join(',', betas))];
        return null;
    }
}
