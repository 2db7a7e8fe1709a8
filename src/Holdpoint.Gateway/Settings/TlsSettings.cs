namespace Holdpoint.Gateway.Settings;

/// <summary>The files of the certificate and of its key. Both are read at start and at each reload.</summary>
/// <param name="CertificatePath">Full path of a PEM file: the certificate first, then what leads to a root.</param>
/// <param name="KeyPath">Full path of a PEM file with its private key, not encrypted.</param>
internal sealed record TlsSettings(string CertificatePath, string KeyPath)
{
    public static SectionKeys Keys { get; } = new("tls");

    private static readonly SettingsKey.Text CertificateFile = Keys.Text("certificate_file");
    private static readonly SettingsKey.Text KeyFile = Keys.Text("key_file");

    public static TlsSettings Read(SettingsSection section)
    {
        var tls = new TlsSettings(section.RequiredPath(CertificateFile), section.RequiredPath(KeyFile));
        section.Close();
        return tls;
    }
}
