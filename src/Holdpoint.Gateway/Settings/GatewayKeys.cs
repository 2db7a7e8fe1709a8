namespace Holdpoint.Gateway.Settings;

/// <summary>The keys at the top of the configuration file.</summary>
internal static class GatewayKeys
{
    public static SectionKeys Section { get; } = new("");

    public static readonly SettingsKey.Text Listen = Section.Text("listen", "127.0.0.1:8080");
    public static readonly SettingsKey.Text Store = Section.Text("store");
    public static readonly SettingsKey.Text Agreement = Section.Text("agreement");
    public static readonly SettingsKey.Texts ExtraFields = Section.Texts("extra_fields");
    public static readonly SettingsKey.Texts ExtraBetas = Section.Texts("extra_betas");
    public static readonly SettingsKey.Text Refusals = Section.Text("refusals", "full");
    public static readonly SettingsKey.Texts TrustedProxies = Section.Texts("trusted_proxies");
}
