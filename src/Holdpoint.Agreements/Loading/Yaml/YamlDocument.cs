using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Holdpoint.Agreements.Loading.Yaml;

/// <summary>
/// Reads one YAML document into nodes: maps with distinct text keys, lists and scalars, nothing else. Tags and aliases beyond the format's
/// allowance are refused.
/// </summary>
internal sealed class YamlDocument
{
    // The deepest value of an agreement or a configuration is at five; a file of the size limit cannot then exhaust the stack.
    private const int MaxDepth = 16;

    // What an anchor names, with how many nodes that is.
    private readonly Dictionary<string, (YamlNode Node, int Size)> _anchors = new(StringComparer.Ordinal);

    private const string CoreTag = "tag:yaml.org,2002:";

    private readonly string _file;
    private readonly Problems _problems;
    private readonly Parser _parser;
    private int _nodes;
    private int _repeated;

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
            // Not every fault of the parser says where it is; the last event that it read is the nearest known place then.
            var mark = fault.Start.Equals(Mark.Empty) ? document.LastMark : fault.Start;
            problems.Add(problems.Format.BadYaml, document.PlaceOf(mark), "this is not YAML", $"the parser says: {fault.Message}");
            return null;
        }
        catch (ArgumentException)
        {
            // The parser does not check an escape such as \UFFFFFFFF before it asks for that character, nor a tag before it reads the
            // tag as a URI.
            problems.Add(
                problems.Format.BadYaml,
                document.PlaceOf(document.LastMark),
                "an escape names a character that does not exist, or a tag is not a URI",
                "mend the escape, or leave the tag out");
            return null;
        }
    }

    private Mark LastMark => _parser.Current?.End ?? Mark.Empty;

    private YamlNode.Map? ReadDocument()
    {
        Next<StreamStart>();
        if (_parser.Current is StreamEnd)
        {
            _problems.Add(_problems.Format.BadYaml, _file, "the file is empty", "write the keys that the reference lists");
            return null;
        }

        Next<DocumentStart>();
        var root = ReadNode(0);
        Next<DocumentEnd>();
        if (_parser.Current is not StreamEnd)
        {
            _problems.Add(
                _problems.Format.BadYaml, PlaceOf(_parser.Current!.Start),
                "a second document starts here", "keep one document in the file");
        }

        if (root is not (null or YamlNode.Map))
        {
            _problems.Add(_problems.Format.BadValue, root.Place, "the file is not a map of keys", "write 'key: value' lines");
        }

        return root as YamlNode.Map;
    }

    /// <summary>
    /// The node that starts here; null, with a problem, when such a node is not read. Either way the parser is then behind the node.
    /// </summary>
    private YamlNode? ReadNode(int depth)
    {
        var place = PlaceOf(_parser.Current!.Start);
        if (depth > MaxDepth)
        {
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"nested deeper than {MaxDepth}");
        }

        if (_parser.Current is AnchorAlias alias)
        {
            _parser.MoveNext();
            return ReadAlias(alias, place);
        }

        var anchor = (_parser.Current as NodeEvent)?.Anchor ?? AnchorName.Empty;
        if ((!anchor.IsEmpty && _problems.Format.MaxRepeated == 0)
            || (_parser.Current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag }
                && !(_problems.Format.AllowsCoreTags && tag.Value.StartsWith(CoreTag, StringComparison.Ordinal))))
        {
            _problems.Add(_problems.Format.BadYaml, place, "anchors and tags are not read here", "write the plain value");
        }

        var before = _nodes++;
        var node = ReadPlain(depth, place);
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = (node, _nodes - before);
        }

        return node;
    }

    /// <summary>
    /// The node that the alias repeats. Its nodes are shared, not copied; their number is bounded because readers walk each repetition.
    /// </summary>
    private YamlNode? ReadAlias(AnchorAlias alias, string place)
    {
        if (_problems.Format.MaxRepeated == 0)
        {
            _problems.Add(_problems.Format.BadYaml, place, "an alias is not read here", "write the value out");
            return null;
        }

        if (!_anchors.TryGetValue(alias.Value.Value, out var anchored))
        {
            _problems.Add(_problems.Format.BadYaml, place, "the alias names no anchor before it", "write the value out");
            return null;
        }

        _nodes += anchored.Size;
        _repeated += anchored.Size;
        return _repeated <= _problems.Format.MaxRepeated
            ? anchored.Node
            : throw new YamlException(alias.Start, alias.End, $"aliases repeat more than {_problems.Format.MaxRepeated} values");
    }

    private YamlNode ReadPlain(int depth, string place)
    {
        switch (_parser.Current)
        {
            case YamlDotNet.Core.Events.Scalar scalar:
                _parser.MoveNext();
                if (scalar.Value.Contains('\0', StringComparison.Ordinal))
                {
                    // No path, name or address can hold it, and the functions of the system throw at it.
                    _problems.Add(
                        _problems.Format.BadYaml, place, "a value holds the character U+0000", "write the value without the character");
                }

                return new YamlNode.Scalar(place, scalar.Value.Replace('\0', '\uFFFD'), scalar.Style == ScalarStyle.Plain);
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
                    _problems.Add(_problems.Format.BadYaml, key.Place, "a key must be a plain word", "write 'key: value'");
                }
            }
            else if (!keys.Add(name))
            {
                _problems.Add(_problems.Format.DuplicateKey, key.Place, $"the key '{name}' is given twice", "keep one of the two");
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
