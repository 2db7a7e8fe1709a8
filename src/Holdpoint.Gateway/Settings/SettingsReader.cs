using System.Collections.Immutable;
using System.Text;
using Holdpoint.Gateway.Identity;
using Holdpoint.Log;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Holdpoint.Gateway.Settings;

/// <summary>Reads and checks the configuration file. Every problem is reported at once, each naming its key and a fix.</summary>
/// <remarks>Relative paths are relative to the folder of the configuration file, so that it does not matter where the process starts.</remarks>
public static partial class SettingsReader
{
    /// <summary>Largest configuration file, in bytes: some ten thousand clients.</summary>
    private const int MaxFileBytes = 4 * 1024 * 1024;

    /// <summary>Reads <paramref name="path"/>.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SettingsResult Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length > MaxFileBytes)
        {
            return new([$"the file has {bytes.Length} bytes; at most {MaxFileBytes} are read"]);
        }

        GatewayOptions? options;
        try
        {
            options = new DeserializerBuilder()
                .WithNamingConvention(UnderscoredNamingConvention.Instance)
                .WithDuplicateKeyChecking()
                .WithEnforceNullability()
                .Build()
                .Deserialize<GatewayOptions?>(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
        }
        catch (YamlException e)
        {
            return new([$"line {e.Start.Line}, column {e.Start.Column}: {e.InnerException?.Message ?? e.Message}"]);
        }
        catch (DecoderFallbackException)
        {
            return new(["the file is not valid UTF-8"]);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new Check(Path.GetFullPath(path), folder, Hash.Of(bytes)).Run(options ?? new());
    }

    private sealed partial class Check(string path, string folder, Hash digest)
    {
        private readonly List<string> _problems = [];

        public SettingsResult Run(GatewayOptions o)
        {
            var settings = new GatewaySettings
            {
                Listen = Listen(o),
                Path = path,
                StorePath = Store(o.Store),
                AgreementPath = FullPath("agreement", o.Agreement),
                LogOrigin = Required("log.origin", o.Log?.Origin),
                LogKeyPath = FullPath("log.key_file", o.Log?.KeyFile),
                HoldKeyPath = o.Holds?.KeyFile is { } holdKey ? FullPath("holds.key_file", holdKey) : Store(o.Store) + ".holds.key",
                Webhook = o.Holds?.Webhook is { } webhook ? Webhook(webhook) : null,
                LogGuardPath = o.Log?.GuardFile is { } guard ? FullPath("log.guard_file", guard) : FullPath("log.key_file", o.Log?.KeyFile) + ".signed",
                Upstreams = [.. (o.Upstreams ?? []).Select(Upstream).OfType<UpstreamSettings>()],
                Clients = [.. (o.Clients ?? []).Select(Client).OfType<Client>()],
                Limits = CheckLimits(o.Limits ?? new()),
                ExtraFields = [.. (o.ExtraFields ?? []).Select((f, i) => Required($"extra_fields[{i}]", f))],
                ExtraBetas = [.. (o.ExtraBetas ?? []).Select((b, i) => Beta($"extra_betas[{i}]", b))],
                Tls = Tls(o.Tls),
                TrustedProxies = Proxies(o.TrustedProxies),
                Logs = Logs(o.Logs ?? new()),
                Telemetry = o.Telemetry is { } telemetry ? Telemetry(telemetry) : null,
                Digest = digest,
            };
            Unique("upstreams", "name", settings.Upstreams.Select(u => u.Name));
            Unique("clients", "key_sha256", settings.Clients.Select(c => c.KeyDigest.ToString()));
            if (o.Upstreams is null or [])
            {
                _problems.Add("upstreams: at least one is needed, such as { name: echo, kind: echo, models: [echo] }");
            }

            return _problems is [] ? new(settings) : new([.. _problems.Distinct()]);
        }

        // It becomes part of a header.
        private string Beta(string key, string? text)
        {
            var beta = Required(key, text);
            if (beta.Length > 64 || beta.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_')))
            {
                _problems.Add($"{key}: must be at most 64 letters, digits and - . _, such as files-api-2025-04-14");
            }

            return beta;
        }

        private string Store(string? text)
        {
            const string Sqlite = "sqlite:";
            if (text?.StartsWith(Sqlite, StringComparison.Ordinal) == true && text.Length > Sqlite.Length)
            {
                return Path.GetFullPath(text[Sqlite.Length..], folder);
            }

            _problems.Add("store: must be sqlite:FILE");
            return "";
        }

        private UpstreamSettings? Upstream(UpstreamOptions? o, int index)
        {
            var key = $"upstreams[{index}]";
            var before = _problems.Count;
            var name = Required($"{key}.name", o?.Name);
            UpstreamKind? kind = o?.Kind switch { "echo" => UpstreamKind.Echo, "openai" => UpstreamKind.OpenAi, "anthropic" => UpstreamKind.Anthropic, _ => null };
            if (kind is null)
            {
                _problems.Add($"{key}.kind: must be openai, anthropic or echo");
            }

            UpstreamAddress? address = null;
            if (kind is UpstreamKind.Echo && (o?.Url ?? o?.KeyEnv ?? o?.KeyFile) is not null)
            {
                _problems.Add($"{key}: echo needs neither url nor key");
            }
            else if (kind is not UpstreamKind.Echo)
            {
                address = UpstreamAddress.Parse(o?.Url ?? "", out var problem);
                if (address is null)
                {
                    _problems.Add($"{key}.url: {problem}");
                }

                if (o is { KeyEnv: null, KeyFile: null } or { KeyEnv: not null, KeyFile: not null })
                {
                    _problems.Add($"{key}: give key_env or key_file, one of the two");
                }
            }

            var models = (o?.Models ?? []).Select((m, i) => new ModelPattern(Required($"{key}.models[{i}]", m))).ToImmutableArray();
            if (models.IsEmpty)
            {
                _problems.Add($"{key}.models: at least one name or pattern is needed, such as \"gpt-*\"");
            }

            var connections = Within($"{key}.connections", o?.Connections, new Limits().Calls, 1, 1_000_000);
            SecretSource? secret = o switch
            {
                { KeyEnv: { } variable } => new SecretSource.EnvironmentVariable(variable),
                { KeyFile: { } file } => new SecretSource.KeyFile(Path.GetFullPath(file, folder)),
                _ => null,
            };
            return _problems.Count == before ? new(name, kind!.Value, o!.Provider ?? o.Kind!, address, secret, models) { Connections = connections } : null;
        }

        private Client? Client(ClientOptions? o, int index)
        {
            var key = $"clients[{index}]";
            var before = _problems.Count;
            var deployment = Required($"{key}.deployment", o?.Deployment);
            var principal = Required($"{key}.principal", o?.Principal);
            if (!Hash.TryParseHex(o?.KeySha256 ?? "", out var keyDigest))
            {
                _problems.Add($"{key}.key_sha256: must be 64 lower-case hex digits, as keygen client prints them");
            }

            var rights = Rights.None;
            foreach (var word in o?.Rights ?? [])
            {
                if (RightsWords.Parse(word) is { } right)
                {
                    rights |= right;
                }
                else
                {
                    _problems.Add($"{key}.rights: '{word}' is not one of {string.Join(", ", RightsWords.All)}");
                }
            }

            if (o?.Rights is null or [])
            {
                _problems.Add($"{key}.rights: say what the key may do, such as [call]");
            }

            return _problems.Count == before ? new(keyDigest, deployment, principal, o!.Person, rights) : null;
        }

        private string FullPath(string key, string? text) => Required(key, text) is { Length: > 0 } path ? Path.GetFullPath(path, folder) : "";

        private string Required(string key, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                return text;
            }

            _problems.Add($"{key}: is missing or empty");
            return "";
        }

        private void Unique(string list, string key, IEnumerable<string> values)
        {
            foreach (var group in values.GroupBy(v => v, StringComparer.Ordinal).Where(g => g.Count() > 1))
            {
                _problems.Add($"{list}: {key} '{group.Key}' stands {group.Count()} times");
            }
        }
    }
}
