namespace Holdpoint.Gateway.Settings;

/// <summary>The webhook that is told when something waits for people.</summary>
/// <param name="Url">The operator's own address. Nothing that a caller says becomes part of it.</param>
/// <param name="Secret">What the notices are signed with: <c>whsec_</c> and base64, as Standard Webhooks has it.</param>
internal sealed record WebhookSettings(Uri Url, SecretSource Secret)
{
    public static SectionKeys Keys { get; } = new("holds.webhook");

    private static readonly SettingsKey.Text UrlKey = Keys.Text("url");
    private static readonly SettingsKey.Text SecretEnv = Keys.Text("secret_env");
    private static readonly SettingsKey.Text SecretFile = Keys.Text("secret_file");

    public static WebhookSettings? Read(SettingsSection section)
    {
        var text = section.Required(UrlKey);
        var secret = section.Secret(SecretEnv, SecretFile);
        section.Close();
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && url.Fragment.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            return secret is null ? null : new(url, secret);
        }

        if (text.Length > 0)
        {
            section.Report(
                SettingsCode.BadValue,
                UrlKey.Name,
                "must be an https:// address, or http:// on this machine, without user name and fragment",
                "write one such as https://example.org/holds");
        }

        return null;
    }
}
