using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Json;

/// <summary>
/// Policies in Cedar's JSON notation, which Cedar calls EST: <c>{"staticPolicies", "templates", "templateLinks"}</c>. Members that Cedar
/// does not know are refused, as Cedar does. Thread-safe.
/// </summary>
public static class PolicySetJson
{
    // Every node of a tree nests two objects or arrays; half of this and some for what is around an expression
    // is the default depth of trees.
    private const int DefaultDepth = 1024;

    /// <summary>
    /// The set that a document describes, or what is wrong with it. A document of one policy or template by itself is read as a set that
    /// holds it under the id <c>policy0</c>. An optional part that is not there is empty; <c>staticPolicies</c> has to be there.
    /// </summary>
    /// <param name="utf8">The document.</param>
    /// <param name="limits">How much JSON to take on; when null, the defaults with a depth of 1,024.</param>
    /// <param name="treeLimits">How large the policies may be; <see cref="ParseLimits.Default"/> when null.</param>
    public static JsonOutcome<PolicySet> Parse(
        ReadOnlyMemory<byte> utf8, JsonLimits? limits = null, ParseLimits? treeLimits = null) =>
        CedarJson.Read(
            utf8,
            limits ?? JsonLimits.Default with { MaxDepth = DefaultDepth },
            (json, root) => new PolicyJsonReader(json, treeLimits ?? ParseLimits.Default).ReadSet(root));

    /// <summary>The set with its templates and links.</summary>
    public static string Write(PolicySet set, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Write(writer => writer.Write(set), indented);
    }

    /// <summary>One policy, or with slots one template, by itself. Its id is not part of it.</summary>
    public static string Write(Policy policy, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Write(writer => writer.Write(policy), indented);
    }

    private static string Write(Action<PolicyJsonWriter> write, bool indented)
    {
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = indented, NewLine = "\n", MaxDepth = int.MaxValue,
        };
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            write(new PolicyJsonWriter(writer));
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
