using System.Text;
using System.Text.Json;
using Holdpoint.Log.Notes;
using Holdpoint.Log.Receipts;
using Holdpoint.Testing;

namespace Holdpoint.Log.Tests.Notes;

/// <summary>
/// github.com/transparency-dev/formats and the examples of the C2SP specifications. Where we are stricter than that library, the
/// exception is stated in the test.
/// </summary>
public sealed class PublishedFormatTests : IDisposable
{
    private readonly JsonDocument _formats =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(TestData.Archive("log/formats.tar.gz"), "formats", "formats.json")));

    public void Dispose() => _formats.Dispose();

    private JsonElement.ArrayEnumerator Cases(string kind, int count)
    {
        Assert.Equal(count, _formats.RootElement.GetProperty(kind).GetArrayLength());
        return _formats.RootElement.GetProperty(kind).EnumerateArray();
    }

    [Fact]
    public void Verifier_keys()
    {
        // Stricter: a key whose id does not match is refused, and so are the types that we do not verify (ECDSA, RFC 6962).
        foreach (var vector in Cases("vkeys", 23))
        {
            var text = vector.GetProperty("vkey").GetString()!;
            var expected = vector.GetProperty("valid").GetBoolean() && vector.GetProperty("keyIdMatches").GetBoolean()
                && (vector.GetProperty("type").GetInt32() is 1 or 4);

            Assert.True(VerifierKey.TryParse(text, out var key, out var fault) == expected,
                $"{vector.GetProperty("name").GetString()}: {fault}");
            Assert.Equal(key is null ? null : text, key?.ToString());
        }
    }

    [Fact]
    public void Signed_notes()
    {
        foreach (var vector in Cases("notes", 7))
        {
            var name = vector.GetProperty("name").GetString()!;
            var keys = vector.GetProperty("vkeys").EnumerateArray().Select(
                k => VerifierKey.TryParse(k.GetString()!, out var key, out _) ? key : null).ToArray();
            if (name.StartsWith("ecdsa", StringComparison.Ordinal))
            {
                Assert.All(keys, Assert.Null); // such a key is not loaded, so such a note is never believed
                continue;
            }

            Assert.True(
                SignedNote.TryParse(Encoding.UTF8.GetBytes(vector.GetProperty("note").GetString()!), out var note, out var fault),
                $"{name}: {fault}");
            Assert.All(keys, key => Assert.Equal(vector.GetProperty("valid").GetBoolean(), note.IsSignedBy(key!)));
            if (vector.TryGetProperty("verifiedSigners", out var signers))
            {
                Assert.Equal(signers.EnumerateArray().Select(s => s.GetString()), keys.Select(k => k!.Name));
                Assert.True(note.Signatures.Length > keys.Length, "the note has signatures of unknown keys, which play no part");
            }
        }
    }

    [Fact]
    public void A_cosigned_checkpoint()
    {
        var text = _formats.RootElement.GetProperty("cosignedCheckpointSyntax").GetProperty("note").GetString()!;

        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out var note, out _));
        Assert.True(Checkpoint.TryParse(note.Text.Span, out var checkpoint, out _));
        Assert.Equal(("example.com/behind-the-sofa", 20_852_163), (checkpoint.Origin, checkpoint.Size));
        Assert.True(Cosignature.TryParse(note.Signatures[1].Signature.Span, out var cosignature));
        Assert.Equal(1_679_315_147, cosignature.UnixSeconds);
        Assert.StartsWith(
            "cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n",
            Encoding.UTF8.GetString(cosignature.MessageFor(note.Text.Span)), StringComparison.Ordinal);
    }

    [Fact]
    public void Cosignature_timestamps()
    {
        foreach (var vector in Cases("cosignatureTimestamps", 3))
        {
            var text = vector.GetProperty("base64").GetString()!;
            Cosignature? cosignature = null;
            var parsed = StrictBase64.TryDecode(text, out var bytes) && Cosignature.TryParse(bytes.AsSpan(sizeof(uint)), out cosignature);

            Assert.Equal(vector.GetProperty("valid").GetBoolean(), parsed);
            Assert.Equal(parsed ? vector.GetProperty("unixSeconds").GetInt64() : null, cosignature?.UnixSeconds);
        }
    }

    [Fact]
    public void Checkpoint_bodies()
    {
        // Stricter, as C2SP is: a SHA-256 root has 32 bytes, which none of these has. With one of 32 bytes put in its place, what is left
        // of the syntax is that library's, except that C2SP wants extension lines not to be empty.
        foreach (var vector in Cases("checkpointBodies", 12))
        {
            var name = vector.GetProperty("name").GetString()!;
            var text = vector.GetProperty("text").GetString()!;
            Assert.Equal(vector.GetProperty("c2spValid").GetBoolean(), Checkpoint.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));

            var lines = text.Split('\n');
            if (lines.Length > 2 && StrictBase64.TryDecode(lines[2], out _))
            {
                lines[2] = Hash.Of([]).ToBase64();
            }

            var parsed = Checkpoint.TryParse(Encoding.UTF8.GetBytes(string.Join('\n', lines)), out var checkpoint, out _);
            Assert.Equal(vector.GetProperty("valid").GetBoolean() && name != "valid with trailing newlines", parsed);
            if (parsed)
            {
                Assert.Equal(vector.GetProperty("origin").GetString(), checkpoint!.Origin);
                Assert.Equal(vector.GetProperty("size").GetInt64(), checkpoint.Size);
                Assert.Equal(vector.GetProperty("extension").GetString(), checkpoint.Extension);
            }
        }
    }

    [Fact]
    public void Receipts()
    {
        foreach (var vector in Cases("tlogProofs", 11))
        {
            var name = vector.GetProperty("name").GetString()!;
            var text = Encoding.UTF8.GetBytes(vector.GetProperty("text").GetString()!);

            Assert.True(
                TlogProof.TryParse(text, out var proof, out var fault) == vector.GetProperty("valid").GetBoolean(), $"{name}: {fault}");
            if (proof is not null)
            {
                Assert.Equal(
                    vector.GetProperty("index").GetString(), proof.Index.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Assert.Equal(
                    vector.GetProperty("hashes").EnumerateArray().Select(h => h.GetString()), proof.Proof.Select(h => h.ToBase64()));
                Assert.Equal(
                    vector.GetProperty("extraBase64").GetString(), proof.Extra is { } extra ? Convert.ToBase64String(extra) : null);
                Assert.Equal(vector.GetProperty("checkpoint").GetString(), Encoding.UTF8.GetString(proof.Checkpoint.Span));
                Assert.Equal(text, proof.Write());
            }
        }
    }
}
