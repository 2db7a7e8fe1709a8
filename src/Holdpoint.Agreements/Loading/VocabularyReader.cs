using System.Collections.Immutable;
using System.Globalization;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Agreements.Loading;

/// <summary>Reads an agreement's <c>vocabulary.cedarschema</c>: values for the lists of Holdpoint, and namespaces of its own.</summary>
internal sealed class VocabularyReader
{
    private readonly string _path;
    private readonly string _text;
    private readonly Problems _problems;

    private VocabularyReader(string path, string text, Problems problems)
    {
        _path = path;
        _text = text;
        _problems = problems;
    }

    public static Vocabulary Read(AgreementFile? file, Problems problems)
    {
        if (file?.ReadText(problems) is not { } text)
        {
            return Vocabulary.BuiltIn;
        }

        return new VocabularyReader(file.Path, text, problems).Read() ?? Vocabulary.BuiltIn;
    }

    /// <summary>The vocabulary; null, with problems, when the file does not define one.</summary>
    private Vocabulary? Read()
    {
        var before = _problems.Count;
        var parsed = SchemaParser.Parse(_text);
        Report(parsed.Diagnostics);
        if (parsed.Document is not { } additions)
        {
            return null;
        }

        var ours = Vocabulary.BuiltIn.Document;
        var own = new List<NamespaceDeclaration>();
        foreach (var space in additions.Namespaces)
        {
            if (space.Name.Length == 0)
            {
                _problems.Add(
                    ProblemCode.BadVocabulary, PlaceOf(FirstIn(space)),
                    "the declaration is outside any namespace", "put it into a namespace of your own");
            }
            else if (IsOurs(space.Name))
            {
                ours = WithValues(ours, space);
            }
            else
            {
                own.Add(space);
                foreach (var list in space.EntityTypes.Where(type => type.EnumIds is not null))
                {
                    CheckValues(list, $"{space.Name}::{list.Name}", known: []);
                }
            }
        }

        var rest = new SchemaDocument([.. own]);
        var resolved = CedarSchema.Resolve(ours, rest);
        Report(resolved.Diagnostics);
        return resolved.IsValid && _problems.Count == before ? new(resolved.Schema, ours, rest) : null;
    }

    /// <summary>The built-in namespace with the agreement's additions to its lists.</summary>
    private SchemaDocument WithValues(SchemaDocument ours, NamespaceDeclaration additions)
    {
        var builtIn = ours.Namespaces.Single();
        var types = builtIn.EntityTypes;
        foreach (var list in additions.EntityTypes)
        {
            var known = builtIn.EntityTypes.FirstOrDefault(type => type.Name == list.Name);
            if (additions.Name != builtIn.Name || known?.EnumIds is not { } values || list.EnumIds is not { } more)
            {
                Changed(list.Name, list.Span);
                continue;
            }

            CheckValues(list, $"{builtIn.Name}::{list.Name}", values);
            types = types.Replace(known, known with { EnumIds = [.. values, .. more] });
        }

        foreach (var (name, span) in additions.CommonTypes.Select(t => (t.Name, t.Span))
            .Concat(additions.Actions.Select(a => (a.Name, a.Span))))
        {
            Changed(name, span);
        }

        return new([builtIn with { EntityTypes = types }]);
    }

    private void CheckValues(EntityDeclaration list, string name, ImmutableArray<string> known)
    {
        var seen = known.ToHashSet(StringComparer.Ordinal);
        foreach (var value in list.EnumIds!.Value)
        {
            if (!seen.Add(value))
            {
                _problems.Add(ProblemCode.DuplicateName, PlaceOf(list.Span), $"{name} has '{value}' already", "leave it out");
            }
            else if (name == "Holdpoint::Seat" && !Seat.TryParse(value, out _))
            {
                _problems.Add(
                    ProblemCode.BadValue, PlaceOf(list.Span), $"'{value}' is not a valid seat", "write a kind, # and a number from 1 to 8");
            }
        }
    }

    private void Changed(string name, SourceSpan? span) => _problems.Add(
        ProblemCode.VocabularyChanged,
        PlaceOf(span),
        $"'{name}' would change what every agreement shares",
        $"add values to one of {string.Join(", ", Vocabulary.BuiltIn.Lists.Order(StringComparer.Ordinal))}, "
            + "or use a namespace of your own");

    private void Report(ImmutableArray<SchemaDiagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            _problems.Add(
                ProblemCode.BadVocabulary, PlaceOf(diagnostic.Span),
                $"{diagnostic.Code} {diagnostic.Message}", diagnostic.Suggestion ?? "correct the schema at this place");
        }
    }

    private string PlaceOf(SourceSpan? span)
    {
        if (span is null)
        {
            return _path;
        }

        var (line, column) = span.Value.PlaceIn(_text);
        return string.Create(CultureInfo.InvariantCulture, $"{_path}:{line}:{column}");
    }

    private static SourceSpan? FirstIn(NamespaceDeclaration space) =>
        space.EntityTypes.Select(t => t.Span)
            .Concat(space.CommonTypes.Select(t => t.Span))
            .Concat(space.Actions.Select(a => a.Span))
            .MinBy(s => s?.Start);

    private static bool IsOurs(string name) =>
        name == Vocabulary.Namespace || name.StartsWith(Vocabulary.Namespace + "::", StringComparison.Ordinal);
}
