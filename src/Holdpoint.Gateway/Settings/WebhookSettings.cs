namespace Holdpoint.Gateway.Settings;

/// <summary>Who is told that something waits for people.</summary>
/// <param name="Url">The operator's own address. Nothing that a caller says becomes part of it.</param>
/// <param name="Secret">What the notices are signed with: <c>whsec_</c> and base64, as Standard Webhooks has it.</param>
internal sealed record WebhookSettings(Uri Url, SecretSource Secret);
