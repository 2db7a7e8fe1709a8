namespace Holdpoint.Wire;

/// <summary>Names of the request and response headers that are Holdpoint's own (docs/reference/http.md).</summary>
internal static class HoldpointHeaders
{
    public const string Prefix = "Holdpoint-";
    public const string Claims = "Holdpoint-Claims";
    public const string Evidence = "Holdpoint-Evidence";
    public const string Hold = "Holdpoint-Hold";
    public const string Wait = "Holdpoint-Wait";
    public const string Verdict = "Holdpoint-Verdict";
    public const string Record = "Holdpoint-Record";
    public const string Bundle = "Holdpoint-Bundle";
}
