using System.Security.Cryptography;
using System.Text;

namespace Holdpoint.Agreements.Tests;

public sealed class BundleDigestTests
{
    [Fact]
    public void The_digest_is_that_of_the_sorted_lines_of_digest_and_path()
    {
        using var draft = new DraftAgreement();
        draft["vocabulary.cedarschema"] = "namespace Bank {}\n";
        draft["red-lines/never.cedar"] = DraftAgreement.Forbid("when { context.suspended }");

        // Computed the other way round than the product does it: text lines, sorted ordinally, which for ASCII is bytewise.
        string[] paths = ["agreement.yaml", "basis.yaml", "clauses/use.cedar", "red-lines/never.cedar", "vocabulary.cedarschema"];
        var lines = paths.Select(path =>
            Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(draft.Path, path)))).ToLowerInvariant() + " " + path + "\n");
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Order(StringComparer.Ordinal))));

        Assert.Equal(Convert.ToHexString(expected).ToLowerInvariant(), draft.LoadSound().Bundle.Value);
    }

    [Fact]
    public void A_vector_made_with_sha256sum_and_sort_agrees()
    {
        using var draft = new DraftAgreement();
        draft["agreement.yaml"] =
            "name: v\nparties: [{ name: m, role: provider }, { name: b, role: customer }]\ndeployments: [{ name: d, customer: b }]\n"
            + "providers: [{ name: echo, models: [echo] }]\nissuers: []\nlimits: { exposure_days: 1, hold_minutes: 1 }\n"
            + "amendment: { tighten: [m], loosen: [m, b] }\n";
        draft["basis.yaml"] = "t: { title: T, section: s, date: 2026-03-01, status: in force }\n";
        draft["clauses/use.cedar"] = "@title(\"a\")@text(\"b\")@basis(\"t\")permit(principal,action,resource);\n";

        // find . -name '*.yaml' -o -name '*.cedar' | sed 's,^./,,' | xargs sha256sum | sed 's/  / /' | LC_ALL=C sort | sha256sum
        Assert.Equal("cb7bb6a093ad62b296f56a539150abe2256243c73b36f77901e08db5b23a2a8d", draft.LoadSound().Bundle.Value);
    }

    [Fact]
    public void Markdown_and_proofs_lie_outside_the_bundle()
    {
        using var draft = new DraftAgreement();
        var before = draft.LoadSound().Bundle;
        draft["README.md"] = "words";
        draft["clauses/notes.md"] = "words";
        draft["proofs/anything.json"] = "{}";
        Assert.Equal(before, draft.LoadSound().Bundle);
    }

    [Theory]
    [InlineData("agreement.yaml")]
    [InlineData("basis.yaml")]
    [InlineData("clauses/use.cedar")]
    public void A_changed_byte_is_another_bundle(string path)
    {
        using var draft = new DraftAgreement();
        var before = draft.LoadSound().Bundle;
        draft[path] += "\n";
        Assert.NotEqual(before, draft.LoadSound().Bundle);
    }
}
