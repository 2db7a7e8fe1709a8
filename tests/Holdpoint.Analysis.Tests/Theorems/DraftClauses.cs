using System.Collections.Immutable;
using System.Globalization;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Analysis.Tests.Theorems;

/// <summary>
/// The clauses of agreements/red-lines with something planted in them. They are read past the loader, which would refuse some of what is
/// planted; its own work, the addition for seats, is done as it does it.
/// </summary>
internal sealed class DraftClauses
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    public DraftClauses()
    {
        foreach (var folder in (string[])["clauses", "red-lines"])
        {
            foreach (var file in Directory.EnumerateFiles(Repo.Path("agreements", "red-lines", folder), "*.cedar"))
            {
                _files.Add($"{folder}/{Path.GetFileNameWithoutExtension(file)}", File.ReadAllText(file));
            }
        }
    }

    public static ImmutableArray<AnalysedClause> Shipped => new DraftClauses().Read();

    /// <summary>Replaces the first occurrence of a text in a file, or adds the file where there is none.</summary>
    public DraftClauses Edit(string file, string old, string replacement)
    {
        var text = _files.GetValueOrDefault(file, old);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} does not have: {old}");
        _files[file] = string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + old.Length));
        return this;
    }

    public DraftClauses Remove(string file)
    {
        Assert.True(_files.Remove(file));
        return this;
    }

    public ImmutableArray<AnalysedClause> Read() => [.. _files.Select(f => Read(f.Key, f.Value))];

    private static AnalysedClause Read(string file, string text)
    {
        var (folder, stem) = (file.Split('/')[0], file.Split('/')[1]);
        var parsed = PolicyParser.Parse(text);
        Assert.Empty(parsed.Diagnostics);
        return new(new(stem), folder == "red-lines", [.. parsed.Policies.Select((policy, i) =>
        {
            var written = policy with { Id = string.Create(CultureInfo.InvariantCulture, $"{stem}#{i}") };
            return written.Annotations.TryGetValue("hold", out var hold) && Seats.TryParseHold(hold, out var seats)
                ? new AnalysedPolicy(written, HoldRule.Lift(written, seats))
                : new AnalysedPolicy(written, written);
        })]);
    }
}
