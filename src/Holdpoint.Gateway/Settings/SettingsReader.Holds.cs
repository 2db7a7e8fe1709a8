namespace Holdpoint.Gateway.Settings;

public static partial class SettingsReader
{
    private sealed partial class Check
    {
        private WebhookSettings? Webhook(WebhookOptions o)
        {
            var before = _problems.Count;
            if (!Uri.TryCreate(o.Url, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Fragment.Length > 0
                || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            {
                _problems.Add("holds.webhook.url: must be an https:// address, or http:// on this machine, without user name and fragment");
            }

            SecretSource? secret = o switch
            {
                { SecretEnv: { } variable, SecretFile: null } => new SecretSource.EnvironmentVariable(variable),
                { SecretEnv: null, SecretFile: { } file } => new SecretSource.KeyFile(Path.GetFullPath(file, folder)),
                _ => null,
            };
            if (secret is null)
            {
                _problems.Add("holds.webhook: give secret_env or secret_file, one of the two");
            }

            return _problems.Count == before ? new(url!, secret!) : null;
        }
    }
}
