using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>
/// What this library reads of a Cedar schema: namespaces, entity types, the values of <c>enum</c> types, attribute names and action
/// names. Types are skipped over, not checked; the schema parser replaces this.
/// </summary>
internal sealed class SchemaOutline
{
    private readonly Dictionary<string, ImmutableArray<string>> _lists = new(StringComparer.Ordinal);
    private readonly HashSet<string> _entityTypes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _attributes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _actions = new(StringComparer.Ordinal);
    private readonly List<SchemaDeclaration> _declarations = [];

    private SchemaOutline()
    {
    }

    /// <summary>Full name of each <c>enum</c> type, with its values in order.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Lists => _lists;

    /// <summary>Full names of all entity types.</summary>
    public IReadOnlySet<string> EntityTypes => _entityTypes;

    /// <summary>Every name that stands before a colon in a record.</summary>
    public IReadOnlySet<string> Attributes => _attributes;

    /// <summary>Full name of each action type, such as <c>Holdpoint::Action</c>, with the names of its actions.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Actions => _actions;

    /// <summary>What was declared, in order.</summary>
    public IReadOnlyList<SchemaDeclaration> Declarations => _declarations;

    /// <summary>Reads a schema; null with a fault when a declaration is not understood.</summary>
    public static SchemaOutline? Read(string text, out SchemaFault? fault)
    {
        if (SchemaToken.Split(text, out fault) is not { } tokens)
        {
            return null;
        }

        var outline = new SchemaOutline();
        fault = new Reader(tokens, outline).ReadFile();
        return fault is null ? outline : null;
    }

    /// <summary>This outline and the declarations of another, whose values for a list of ours come after ours.</summary>
    public SchemaOutline With(SchemaOutline additions)
    {
        var all = new SchemaOutline();
        foreach (var declaration in Declarations.Concat(additions.Declarations))
        {
            all.Add(declaration);
        }

        all._attributes.UnionWith(_attributes);
        all._attributes.UnionWith(additions._attributes);
        return all;
    }

    private void Add(SchemaDeclaration declaration)
    {
        _declarations.Add(declaration);
        switch (declaration.Kind)
        {
            case SchemaDeclarationKind.List:
                _entityTypes.Add(declaration.Name);
                _lists[declaration.Name] = [.. _lists.GetValueOrDefault(declaration.Name, []), .. declaration.Values];
                break;
            case SchemaDeclarationKind.Entity:
                _entityTypes.Add(declaration.Name);
                break;
            case SchemaDeclarationKind.Action:
                var type = $"{declaration.Namespace}::Action";
                _actions[type] = [.. _actions.GetValueOrDefault(type, []), declaration.Name];
                break;
        }
    }

    private sealed class Reader(List<SchemaToken> tokens, SchemaOutline outline)
    {
        private int _at;

        private SchemaToken Now => _at < tokens.Count ? tokens[_at] : new(default, "", tokens.Count > 0 ? tokens[^1].Line : 1);

        public SchemaFault? ReadFile()
        {
            while (_at < tokens.Count)
            {
                if (SkipAnnotations() is { } broken)
                {
                    return broken;
                }

                if (Now is not { Kind: 'n', Text: "namespace" })
                {
                    return Fault("expected 'namespace': every declaration stands in one");
                }

                _at++;
                if (ReadPath() is not { } name || !Take('{'))
                {
                    return Fault("expected the namespace's name and '{'");
                }

                while (!Take('}'))
                {
                    if (ReadDeclaration(name) is { } fault)
                    {
                        return fault;
                    }
                }
            }

            return null;
        }

        private SchemaFault? ReadDeclaration(string within)
        {
            if (SkipAnnotations() is { } broken)
            {
                return broken;
            }

            var line = Now.Line;
            if (Now.Kind != 'n' || Now.Text is not ("entity" or "action" or "type"))
            {
                return Fault("expected 'entity', 'action', 'type' or '}'");
            }

            var keyword = tokens[_at++].Text;
            List<string> names = [];
            do
            {
                if (Now.Kind != 'n' && !(keyword == "action" && Now.Kind == 's'))
                {
                    return Fault("expected a name");
                }

                names.Add(tokens[_at++].Text);
            }
            while (Take(','));

            if (keyword == "entity" && Now is { Kind: 'n', Text: "enum" })
            {
                _at++;
                return ReadList(within, names, line);
            }

            var kind = keyword switch
            {
                "entity" => SchemaDeclarationKind.Entity,
                "action" => SchemaDeclarationKind.Action,
                _ => SchemaDeclarationKind.Type,
            };
            foreach (var name in names)
            {
                outline.Add(new(kind, within, kind == SchemaDeclarationKind.Action ? name : $"{within}::{name}", [], line));
            }

            return SkipBody();
        }

        private SchemaFault? ReadList(string within, List<string> names, int line)
        {
            List<string> values = [];
            if (!Take('['))
            {
                return Fault("expected '[' and the values");
            }

            do
            {
                if (Now.Kind != 's')
                {
                    return Fault("expected a value in quotes");
                }

                values.Add(tokens[_at++].Text);
            }
            while (Take(','));

            if (!Take(']') || !Take(';'))
            {
                return Fault("expected ',' or '];'");
            }

            foreach (var name in names)
            {
                outline.Add(new(SchemaDeclarationKind.List, within, $"{within}::{name}", [.. values], line));
            }

            return null;
        }

        /// <summary>Everything up to the semicolon that ends the declaration, noting attribute names on the way.</summary>
        private SchemaFault? SkipBody()
        {
            for (var depth = 0; _at < tokens.Count; _at++)
            {
                switch (tokens[_at].Kind)
                {
                    case '{' or '[' or '(' or '<':
                        depth++;
                        break;
                    case '}' or ']' or ')' or '>':
                        depth--;
                        if (depth < 0)
                        {
                            return Fault("expected ';'");
                        }

                        break;
                    case ';' when depth == 0:
                        _at++;
                        return null;
                    case ':' when depth > 0:
                        outline._attributes.Add(tokens[tokens[_at - 1].Kind == '?' ? _at - 2 : _at - 1].Text);
                        break;
                }
            }

            return Fault("the declaration does not end");
        }

        private SchemaFault? SkipAnnotations()
        {
            while (Take('@'))
            {
                _at++;
                if (Take('('))
                {
                    _at++;
                    if (!Take(')'))
                    {
                        return Fault("expected one string in an annotation");
                    }
                }
            }

            return null;
        }

        private string? ReadPath()
        {
            List<string> parts = [];
            do
            {
                if (Now.Kind != 'n')
                {
                    return null;
                }

                parts.Add(tokens[_at++].Text);
            }
            while (Take('p'));

            return string.Join("::", parts);
        }

        private bool Take(char kind)
        {
            if (Now.Kind != kind)
            {
                return false;
            }

            _at++;
            return true;
        }

        private SchemaFault Fault(string message) => new(Now.Line, message);
    }
}
