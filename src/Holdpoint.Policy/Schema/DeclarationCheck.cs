using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>Finds what is wrong with the names that one document declares, whatever they mean.</summary>
internal static class DeclarationCheck
{
    // The words of the JSON syntax: a reference to a common type of that name could not be told from them (cedar issues 1070 and 1139).
    private static readonly HashSet<string> NotForCommonTypes =
        new(StringComparer.Ordinal) { "Bool", "Boolean", "Entity", "Extension", "Long", "Record", "Set", "String" };

    public static ImmutableArray<SchemaDiagnostic> Check(SchemaDocument document)
    {
        var faults = ImmutableArray.CreateBuilder<SchemaDiagnostic>();
        Twice(document.Namespaces, n => n.Name, n => n.Span, "namespace");
        foreach (var space in document.Namespaces)
        {
            if (space.Name.Split("::").Contains("__cedar"))
            {
                Reserved(space.Name, space.Span, "a namespace");
            }

            Twice(space.CommonTypes, t => t.Name, t => t.Span, "common type");
            Twice(space.EntityTypes, t => t.Name, t => t.Span, "entity type");
            Twice(space.Actions, a => a.Name, a => a.Span, "action");
            foreach (var type in space.CommonTypes.Where(t => t.Name == "__cedar" || NotForCommonTypes.Contains(t.Name)))
            {
                Reserved(type.Name, type.Span, "a common type");
            }

            foreach (var type in space.EntityTypes.Where(t => t.Name is "__cedar" or "Action"))
            {
                Reserved(type.Name, type.Span, "an entity type");
            }
        }

        return faults.ToImmutable();

        void Reserved(string name, SourceSpan? span, string what) =>
            faults.Add(new(SchemaCode.ReservedName, $"`{name}` cannot be the name of {what}", span, "choose another name"));

        void Twice<T>(ImmutableArray<T> items, Func<T, string> name, Func<T, SourceSpan?> span, string what)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var item in items.Where(item => !seen.Add(name(item))))
            {
                faults.Add(new(
                    SchemaCode.DuplicateDeclaration, $"the {what} `{name(item)}` is declared twice", span(item), "remove one of them"));
            }
        }
    }
}
