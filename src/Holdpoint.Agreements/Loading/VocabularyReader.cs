namespace Holdpoint.Agreements.Loading;

/// <summary>Reads an agreement's <c>vocabulary.cedarschema</c>: values for the lists of Holdpoint, and namespaces of its own.</summary>
internal static class VocabularyReader
{
    public static Vocabulary Read(AgreementFile? file, Problems problems)
    {
        if (file?.ReadText(problems) is not { } text)
        {
            return Vocabulary.BuiltIn;
        }

        if (SchemaOutline.Read(text, out var fault) is not { } additions)
        {
            problems.Add(ProblemCode.BadVocabulary, $"{file.Path}:{fault!.Line}", fault.Message, "write Cedar schema declarations within namespaces");
            return Vocabulary.BuiltIn;
        }

        var builtIn = Vocabulary.BuiltIn.Outline;
        var sound = true;
        HashSet<string> seen = [];
        foreach (var declaration in additions.Declarations)
        {
            var place = $"{file.Path}:{declaration.Line}";
            var known = builtIn.Lists.GetValueOrDefault(declaration.Name, []);
            if (IsOurs(declaration.Namespace) && (declaration.Kind != SchemaDeclarationKind.List || known.IsEmpty))
            {
                sound = false;
                problems.Add(
                    ProblemCode.VocabularyChanged,
                    place,
                    $"'{declaration.Name}' would change what every agreement shares",
                    $"add values to one of {string.Join(", ", builtIn.Lists.Keys)}, or use a namespace of your own");
                continue;
            }

            foreach (var value in declaration.Values)
            {
                if (known.Contains(value) || !seen.Add($"{declaration.Name} {value}"))
                {
                    sound = false;
                    problems.Add(ProblemCode.DuplicateName, place, $"{declaration.Name} has '{value}' already", "leave it out");
                }
                else if (declaration.Name == "Holdpoint::Seat" && !Seat.TryParse(value, out _))
                {
                    sound = false;
                    problems.Add(ProblemCode.BadValue, place, $"'{value}' is no seat", "write a kind, # and a number from 1 to 8");
                }
            }
        }

        return sound ? new Vocabulary(builtIn.With(additions)) : Vocabulary.BuiltIn;
    }

    private static bool IsOurs(string name) =>
        name == Vocabulary.Namespace || name.StartsWith(Vocabulary.Namespace + "::", StringComparison.Ordinal);
}
