using Holdpoint.Agreements;
using Holdpoint.Evidence.Predicates;

namespace Holdpoint.Cli.Evidence;

/// <summary>
/// Says which values of a statement only an agreement's own vocabulary can know. Not an error, for an agreement may list them; but a
/// misspelt value is decided on as unknown, and nobody would say so.
/// </summary>
internal static class VocabularyNotes
{
    public static IEnumerable<string> On(Predicate predicate) =>
        from said in predicate switch
        {
            DatasetProvenance d =>
            [
                ("Origin", "origin", d.Origin), ("Jurisdiction", "jurisdiction", d.Jurisdiction),
                ("Acquisition", "acquisition", d.Acquisition),
                ("Consent", "consent", d.Consent), .. d.Classes.Select(c => ("DataClass", "classes", (string?)c)),
            ],
            Authority a =>
            [
                ("LegalBasis", "basis", a.Basis), ("Purpose", "purpose", a.Purpose),
                .. a.Selectors.Classes.Select(c => ("DataClass", "selectors.classes", (string?)c)),
                .. a.Selectors.Origins.Select(o => ("Origin", "selectors.origins", (string?)o)),
            ],
            _ => Array.Empty<(string List, string Field, string? Value)>(),
        }
        where said.Value is not null && !Vocabulary.BuiltIn.HasValue(said.List, said.Value)
        select $"{said.Field}: '{said.Value}' is not in the built-in vocabulary "
            + $"({string.Join(", ", Vocabulary.BuiltIn.ValuesOf(said.List))}); "
            + "an agreement that does not add it decides on it as unknown";
}
