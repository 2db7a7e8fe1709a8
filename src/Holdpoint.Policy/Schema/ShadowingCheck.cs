using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>Finds names that hide others: RFC 70 forbids some, of the rest people are warned.</summary>
internal static class ShadowingCheck
{
    /// <summary>What is declared without a namespace may not be declared in one as well.</summary>
    public static void Check(DeclaredNames names, List<SchemaDiagnostic> faults)
    {
        var types = names.EntityTypes.Select(
            t => (Name: t.Value.Declaration.Name, t.Value.Space, t.Value.Document, t.Value.Declaration.Span))
            .Concat(names.CommonTypes.Select(t => (t.Value.Declaration.Name, t.Value.Space, t.Value.Document, t.Value.Declaration.Span)));
        Find(types, "type");
        Find(names.Actions.Values.Select(a => (a.Declaration.Name, a.Space, a.Document, a.Declaration.Span)), "action");

        void Find(IEnumerable<(string Name, NamespaceDeclaration Space, int Document, SourceSpan? Span)> declared, string what)
        {
            var all = declared.ToList();
            var unqualified = all.Where(d => d.Space.Name.Length == 0).Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var hiding in all.Where(d => d.Space.Name.Length > 0 && unqualified.Contains(d.Name)))
            {
                faults.Add(new(
                    SchemaCode.Shadowing,
                    $"the {what} `{hiding.Name}` of namespace {hiding.Space.Name} hides the one that stands in no namespace",
                    hiding.Span, "rename one of them", hiding.Document));
            }
        }
    }

    public static ImmutableArray<SchemaDiagnostic> Warn(DeclaredNames names) =>
    [
        .. from type in names.CommonTypes
           where names.EntityTypes.ContainsKey(type.Key)
           select new SchemaDiagnostic(
               SchemaCode.ShadowsEntity, $"the common type `{type.Key}` hides the entity type of that name", type.Value.Declaration.Span,
               null, type.Value.Document),
        .. from type in names.CommonTypes.Select(t => (t.Value.Declaration.Name, t.Value.Declaration.Span, t.Value.Document))
               .Concat(names.EntityTypes.Select(t => (t.Value.Declaration.Name, t.Value.Declaration.Span, t.Value.Document)))
           where DeclaredNames.BuiltIn.ContainsKey(type.Name)
           select new SchemaDiagnostic(
               SchemaCode.ShadowsBuiltIn, $"`{type.Name}` hides the built-in type of that name",
               type.Span, $"the built-in one is `__cedar::{type.Name}`",
               type.Document),
    ];
}
