using System.Collections.Immutable;
using System.Text;
using Holdpoint.Agreements.Loading;
using Holdpoint.Agreements.Loading.Yaml;
using Holdpoint.Gateway.Identity;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Settings;

/// <summary>Reads and checks the configuration file. Every problem is reported at once, each with its place, its key and a fix.</summary>
/// <remarks>
/// Relative paths are relative to the folder of the configuration file, so that it does not matter where the process starts.
/// </remarks>
public static partial class SettingsReader
{
    /// <summary>Largest configuration file, in bytes: some ten thousand clients.</summary>
    private const int MaxFileBytes = 4 * 1024 * 1024;

    private const string Terse = "terse";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file at <paramref name="path"/>. A file that cannot be read is a problem like any other.</summary>
    public static SettingsResult Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        var problems = new Problems(SettingsCode.Format);
        GatewaySettings? settings = null;
        if (ReadBytes(path, problems) is { } bytes
            && Decode(bytes, Path.GetFileName(path), problems) is { } text
            && YamlDocument.Read(Path.GetFileName(path), text, problems) is { } map)
        {
            var section = new SettingsSection(new YamlSection(map, problems, ""), "", Path.GetDirectoryName(path)!, problems);
            settings = ReadGateway(section, path, Hash.Of(bytes));
        }

        return settings is not null && !problems.Any
            ? new(settings)
            : new([.. problems.ToImmutable().Select(found => new SettingsProblem(found.Code, found.Place, found.Message, found.Fix))]);
    }

    private static byte[]? ReadBytes(string path, Problems problems)
    {
        var name = Path.GetFileName(path);
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length <= MaxFileBytes)
            {
                return bytes;
            }

            problems.Add(
                SettingsCode.UnreadableFile, name, $"the file is larger than {MaxFileBytes} bytes", "remove what it does not need");
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            problems.Add(SettingsCode.UnreadableFile, name, FileFault.Of(e), "check the path of the configuration and who may read it");
        }

        return null;
    }

    private static string? Decode(byte[] bytes, string name, Problems problems)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            problems.Add(SettingsCode.UnreadableFile, name, "the file is not UTF-8", "save it as UTF-8");
            return null;
        }
    }

    private static GatewaySettings ReadGateway(SettingsSection root, string path, Hash digest)
    {
        var store = ReadStore(root);
        var tls = root.Section(TlsSettings.Keys) is { } written ? TlsSettings.Read(written) : null;
        var log = root.SectionOrEmpty(LogKeys.Section);
        var logKey = log.RequiredPath(LogKeys.KeyFile);
        var holds = root.SectionOrEmpty(HoldKeys.Section);
        var settings = new GatewaySettings
        {
            Listen = ReadListen(root, isProtected: root.Has(TlsSettings.Keys)),
            Path = path,
            StorePath = store,
            AgreementPath = root.RequiredPath(GatewayKeys.Agreement),
            LogOrigin = log.Required(LogKeys.Origin),
            LogKeyPath = logKey,
            LogGuardPath = log.OptionalPath(LogKeys.GuardFile) ?? logKey + ".signed",
            LogGuardCopyPath = log.OptionalPath(LogKeys.GuardCopyFile),
            HoldKeyPath = holds.OptionalPath(HoldKeys.KeyFile) ?? store + ".holds.key",
            Webhook = holds.Section(WebhookSettings.Keys) is { } webhook ? WebhookSettings.Read(webhook) : null,
            Upstreams = ReadUpstreams(root),
            Clients = ReadClients(root),
            Limits = Limits.Read(root.SectionOrEmpty(LimitKeys.Section)),
            ExtraFields = [.. root.Texts(GatewayKeys.ExtraFields).Select(field => field.Text)],
            ExtraBetas = ReadBetas(root),
            Tls = tls,
            TrustedProxies = ReadProxies(root),
            IsTerse = root.OneOf(GatewayKeys.Refusals, [GatewayKeys.Refusals.Default!, Terse]) == Terse,
            Logs = LogSettings.Read(root.SectionOrEmpty(LogSettings.Keys)),
            Telemetry = root.Section(TelemetrySettings.Keys) is { } telemetry ? TelemetrySettings.Read(telemetry) : null,
            Digest = digest,
        };
        log.Close();
        holds.Close();
        root.Close();
        return settings;
    }

    private static string ReadStore(SettingsSection root)
    {
        const string Sqlite = "sqlite:";
        var text = root.Required(GatewayKeys.Store);
        if (text.StartsWith(Sqlite, StringComparison.Ordinal) && text.Length > Sqlite.Length)
        {
            return root.FullPath(text[Sqlite.Length..]);
        }

        if (text.Length > 0)
        {
            root.Report(SettingsCode.BadValue, GatewayKeys.Store.Name, "must be sqlite:FILE", "write one such as sqlite:holdpoint.db");
        }

        return "";
    }

    private static ImmutableArray<UpstreamSettings> ReadUpstreams(SettingsSection root)
    {
        var list = UpstreamKeys.Section;
        var written = root.Sections(list).Select(section => (section.Place, Settings: UpstreamSettings.Read(section))).ToList();
        if (written.Count == 0)
        {
            root.Report(
                SettingsCode.MissingKey,
                "upstreams",
                "at least one is needed",
                "write one such as { name: echo, kind: echo, models: [echo] }");
        }

        ReportTwins(root, "upstreams", UpstreamKeys.Name, written.Select(upstream => (upstream.Place, upstream.Settings?.Name)));
        return [.. written.Select(upstream => upstream.Settings).OfType<UpstreamSettings>()];
    }

    private static ImmutableArray<Client> ReadClients(SettingsSection root)
    {
        var written = root.Sections(ClientReader.Keys).Select(section => (section.Place, Client: ClientReader.Read(section))).ToList();
        ReportTwins(root, "clients", ClientReader.KeySha256, written.Select(client => (client.Place, client.Client?.KeyDigest.ToString())));
        return [.. written.Select(client => client.Client).OfType<Client>()];
    }

    private static void ReportTwins(SettingsSection root, string list, SettingsKey key, IEnumerable<(string Place, string? Name)> items)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var (place, name) in items.Where(item => item.Name is not null && !names.Add(item.Name)))
        {
            root.Report(SettingsCode.DuplicateName, list, $"the {key.Name} '{name}' is that of another one", "keep one of the two", place);
        }
    }

    // Each becomes part of a header.
    private static ImmutableArray<string> ReadBetas(SettingsSection root)
    {
        var betas = root.Texts(GatewayKeys.ExtraBetas).ToImmutableArray();
        foreach (var (beta, place, key) in betas)
        {
            if (beta.Length > 64 || beta.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_')))
            {
                root.Report(
                    SettingsCode.BadValue,
                    key,
                    "must be at most 64 letters, digits and - . _",
                    "write one such as files-api-2025-04-14",
                    place);
            }
        }

        return [.. betas.Select(beta => beta.Text)];
    }
}
