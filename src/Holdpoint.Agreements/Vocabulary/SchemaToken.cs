namespace Holdpoint.Agreements;

/// <summary>A token of a schema file: enough of Cedar's lexical rules to read declarations.</summary>
/// <param name="Kind"><c>n</c> name, <c>s</c> string (unescaped), or the character itself; <c>:</c> doubled is <c>p</c> (path).</param>
/// <param name="Text">The name or the string's value.</param>
/// <param name="Line">Line, from 1.</param>
internal readonly record struct SchemaToken(char Kind, string Text, int Line)
{
    /// <summary>The tokens of a schema; null with a fault at the first thing that cannot be one.</summary>
    public static List<SchemaToken>? Split(string text, out SchemaFault? fault)
    {
        List<SchemaToken> tokens = [];
        var line = 1;
        fault = null;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (c == '\n')
            {
                line++;
                i++;
            }
            else if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c == '/' && i + 1 < text.Length && text[i + 1] == '/')
            {
                i = text.IndexOf('\n', i) is var end and >= 0 ? end : text.Length;
            }
            else if (char.IsAsciiLetter(c) || c == '_')
            {
                var start = i;
                while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_'))
                {
                    i++;
                }

                tokens.Add(new('n', text[start..i], line));
            }
            else if (c == '"')
            {
                var end = text.IndexOf('"', i + 1);
                if (end < 0 || text.AsSpan(i, end - i).ContainsAny('\\', '\n'))
                {
                    fault = new(line, "a string ends on its own line and has no escapes here");
                    return null;
                }

                tokens.Add(new('s', text[(i + 1)..end], line));
                i = end + 1;
            }
            else if (c == ':' && i + 1 < text.Length && text[i + 1] == ':')
            {
                tokens.Add(new('p', "::", line));
                i += 2;
            }
            else if ("{}[]()<>,;:=?@".Contains(c, StringComparison.Ordinal))
            {
                tokens.Add(new(c, c.ToString(), line));
                i++;
            }
            else
            {
                fault = new(line, $"a schema has no '{c}' here");
                return null;
            }
        }

        return tokens;
    }
}

/// <summary>Where and why a schema file was not understood.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record SchemaFault(int Line, string Message)
{
    public override string ToString() => $"line {Line}: {Message}";
}
