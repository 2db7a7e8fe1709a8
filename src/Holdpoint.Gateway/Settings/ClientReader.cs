using Holdpoint.Agreements.Loading;
using Holdpoint.Gateway.Identity;
using Holdpoint.Log;

namespace Holdpoint.Gateway.Settings;

/// <summary>Reads each of the <c>clients</c>.</summary>
internal static class ClientReader
{
    public static SectionKeys Keys { get; } = new("clients[]");

    public static readonly SettingsKey.Text KeySha256 = Keys.Text("key_sha256");
    private static readonly SettingsKey.Text Deployment = Keys.Text("deployment");
    private static readonly SettingsKey.Text Principal = Keys.Text("principal");

    /// <summary>Absent: a service, behind which is no one person.</summary>
    private static readonly SettingsKey.Text Person = Keys.Text("person");
    private static readonly SettingsKey.Texts RightsList = Keys.Texts("rights");

    /// <returns>Null, with problems, where something is wrong.</returns>
    public static Client? Read(SettingsSection section)
    {
        var before = section.ProblemCount;
        var written = section.Required(KeySha256);
        if (!Hash.TryParseHex(written, out var digest) && written.Length > 0)
        {
            section.Report(
                SettingsCode.BadValue, KeySha256.Name, "must be 64 lower-case hex digits", "write what `holdpoint keygen client` printed");
        }

        var client = new Client(
            digest, section.Required(Deployment), section.Required(Principal), section.Text(Person), ReadRights(section));
        section.Close();
        return section.ProblemCount == before ? client : null;
    }

    private static Rights ReadRights(SettingsSection section)
    {
        var rights = Rights.None;
        var any = false;
        foreach (var (word, place, _) in section.Texts(RightsList))
        {
            any = true;
            if (RightsWords.Parse(word) is { } right)
            {
                rights |= right;
            }
            else
            {
                section.Report(
                    SettingsCode.BadValue, RightsList.Name, "the word is not a right", Suggestion.For(word, RightsWords.All), place);
            }
        }

        if (!any)
        {
            section.Report(SettingsCode.MissingKey, RightsList.Name, "at least one is needed", "say what the key may do, such as [call]");
        }

        return rights;
    }
}
