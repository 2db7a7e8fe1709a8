namespace Holdpoint.Gateway.Settings;

/// <summary>One thing that keeps a configuration from being used. It quotes no secret and no path.</summary>
/// <param name="Code">A stable code, <c>HP05…</c> (docs/reference/configuration.md); never reused for another problem.</param>
/// <param name="Place">The file's name, with line and column where there are any: <c>holdpoint.yaml:12:3</c>.</param>
/// <param name="Message">What is wrong, one sentence without a final stop; it names the key first.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record SettingsProblem(string Code, string Place, string Message, string Fix)
{
    /// <summary>The problem as one line.</summary>
    public override string ToString() => $"{Place} {Code} {Message}; {Fix}";
}
