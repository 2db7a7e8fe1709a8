using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Holdpoint.Agreements.Loading.Yaml;

/// <summary>
/// Reads one YAML document into nodes: maps with distinct text keys, lists and scalars, nothing else. Anchors, aliases and tags are
/// refused: what stands in an agreement is what is written there.
/// </summary>
internal sealed class YamlDocument
{
    // An agreement's deepest value stands at five; a file of the size limit cannot then exhaust the stack.
    private const int MaxDepth = 16;

    private readonly string _file;
    private readonly Problems _problems;
    private readonly Parser _parser;

    private YamlDocument(string file, string text, Problems problems)
    {
        _file = file;
        _problems = problems;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The document's map; null, with a problem, when there is none.</summary>
    public static YamlNode.Map? Read(string file, string text, Problems problems)
    {
        var document = new YamlDocument(file, text, problems);
        try
        {
            return document.ReadDocument();
        }
        catch (YamlException fault)
        {
            problems.Add(ProblemCode.BadYaml, document.PlaceOf(fault.Start), "this is not YAML", $"the parser says: {fault.Message}");
            return null;
        }
    }

    private YamlNode.Map? ReadDocument()
    {
        Next<StreamStart>();
        if (_parser.Current is StreamEnd)
        {
            _problems.Add(ProblemCode.BadYaml, _file, "the file is empty", "write the keys that the reference lists");
            return null;
        }

        Next<DocumentStart>();
        var root = ReadNode(0);
        Next<DocumentEnd>();
        if (_parser.Current is not StreamEnd)
        {
            _problems.Add(
                ProblemCode.BadYaml, PlaceOf(_parser.Current!.Start), "a second document starts here", "keep one document in the file");
        }

        if (root is not (null or YamlNode.Map))
        {
            _problems.Add(ProblemCode.BadValue, root.Place, "the file is not a map of keys", "write 'key: value' lines");
        }

        return root as YamlNode.Map;
    }

    /// <summary>
    /// The node that starts here; null, with a problem, when it is not one that is read. The parser stands behind it either way.
    /// </summary>
    private YamlNode? ReadNode(int depth)
    {
        var place = PlaceOf(_parser.Current!.Start);
        if (depth > MaxDepth)
        {
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"nested deeper than {MaxDepth}");
        }

        if (_parser.Current is AnchorAlias)
        {
            _parser.MoveNext();
            _problems.Add(ProblemCode.BadYaml, place, "an alias is not read here", "write the value out");
            return null;
        }

        if (_parser.Current is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            _problems.Add(ProblemCode.BadYaml, place, "anchors and tags are not read here", "write the plain value");
        }

        switch (_parser.Current)
        {
            case YamlDotNet.Core.Events.Scalar scalar:
                _parser.MoveNext();
                return new YamlNode.Scalar(place, scalar.Value);
            case SequenceStart:
                return new YamlNode.List(place, ReadItems(depth));
            case MappingStart:
                return new YamlNode.Map(place, ReadEntries(depth));
            default:
                throw new YamlException(_parser.Current!.Start, _parser.Current.End, "a value was expected");
        }
    }

    private ImmutableArray<YamlNode> ReadItems(int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        _parser.MoveNext();
        while (_parser.Current is not SequenceEnd)
        {
            if (ReadNode(depth + 1) is { } item)
            {
                items.Add(item);
            }
        }

        _parser.MoveNext();
        return items.ToImmutable();
    }

    private ImmutableArray<YamlEntry> ReadEntries(int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        HashSet<string> keys = [];
        _parser.MoveNext();
        while (_parser.Current is not MappingEnd)
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not YamlNode.Scalar { Text: var name })
            {
                if (key is not null)
                {
                    _problems.Add(ProblemCode.BadYaml, key.Place, "a key must be a plain word", "write 'key: value'");
                }
            }
            else if (!keys.Add(name))
            {
                _problems.Add(ProblemCode.DuplicateKey, key.Place, $"the key '{name}' is given twice", "keep one of the two");
            }
            else if (value is not null)
            {
                entries.Add(new(name, key.Place, value));
            }
        }

        _parser.MoveNext();
        return entries.ToImmutable();
    }

    private void Next<T>() where T : ParsingEvent
    {
        // The parser stands before its first event until it is moved once.
        if (_parser.Current is null)
        {
            _parser.MoveNext();
        }

        if (_parser.Current is not T)
        {
            throw new YamlException("the document does not end where it should");
        }

        _parser.MoveNext();
    }

    private string PlaceOf(Mark mark) => string.Create(CultureInfo.InvariantCulture, $"{_file}:{mark.Line}:{mark.Column}");
}
