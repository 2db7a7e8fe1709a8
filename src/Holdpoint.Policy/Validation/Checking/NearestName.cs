using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>Finds the declared name that was probably meant.</summary>
internal static class NearestName
{
    /// <returns>A name that is spelt much the same, or the same in another namespace; null when none is near.</returns>
    public static string? Suggest(string name, IEnumerable<string> known)
    {
        // Schemas keep no order of their names: sorted, equally near names always give the same answer.
        string[] names = [.. known.Order(StringComparer.Ordinal)];
        var last = LastPart(name);
        return names.FirstOrDefault(n => LastPart(n) == last) is { } elsewhere
            ? $"did you mean `{elsewhere}`?"
            : Nearest.Suggest(name, names);
    }

    private static string LastPart(string name) =>
        name[(name.LastIndexOf("::", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..];
}
