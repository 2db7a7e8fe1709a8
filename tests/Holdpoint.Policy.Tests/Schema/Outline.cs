using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Tests.Schema;

/// <summary>Everything that a resolved schema says, as text, so that two can be compared and a difference be read.</summary>
internal static class Outline
{
    public static string Of(CedarSchema schema) => string.Join('\n',
    [
        .. schema.EntityTypes.Values.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t =>
            $"{t} in [{string.Join(' ', t.ParentTypes)}] of [{string.Join(' ', t.AncestorTypes)}] {t.Attributes} tags {t.Tags}"
            + $" enum {(t.EnumIds is { } ids ? string.Join('|', ids) : "-")} {Annotations(t.Annotations)}"),
        .. schema.Actions.Values.OrderBy(a => a.ToString(), StringComparer.Ordinal).Select(a =>
            $"{a} in [{Sorted(a.Parents)}] of [{Sorted(a.Ancestors)}] {string.Join(' ', a.Principals)} -> {string.Join(' ', a.Resources)}"
            + $" {a.Context} {Annotations(a.Annotations)}"),
        .. schema.Environments.Select(e => e.ToString()),
    ]);

    private static string Sorted(IEnumerable<EntityUid> uids) =>
        string.Join(' ', uids.Select(u => u.ToString()).Order(StringComparer.Ordinal));

    private static string Annotations(IReadOnlyDictionary<string, string> annotations) =>
        string.Join(' ', annotations.Select(a => $"@{a.Key}={a.Value}"));
}
