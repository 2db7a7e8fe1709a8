using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Log.Notes;
using Holdpoint.Log.Signing;
using Holdpoint.Log.Tree;

namespace Holdpoint.Log.Tests.Notes;

public sealed class NoteTests
{
    private static readonly Hash Root = Hash.Of("root"u8);

    [Fact]
    public void A_signed_checkpoint_opens_with_its_key()
    {
        using var signer = NoteSigner.Generate("example.org/log");
        var checkpoint = new Checkpoint("example.org/log", 42, Root);

        Assert.True(Checkpoint.TryOpen(checkpoint.Sign(signer), signer.VerifierKey, out var opened, out _));
        Assert.Equal(checkpoint, opened);
    }

    [Fact]
    public void One_flipped_bit_of_a_signed_note_never_opens()
    {
        using var signer = NoteSigner.Generate("example.org/log");
        var note = new Checkpoint("example.org/log", 42, Root).Sign(signer);

        Prop.ForAll(Gen.Choose(0, (note.Length * 8) - 1).ToArbitrary(), bit =>
        {
            var flipped = note.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            return !Checkpoint.TryOpen(flipped, signer.VerifierKey, out _, out _);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_checkpoint_of_another_origin_does_not_open_though_the_key_signed_it()
    {
        using var signer = NoteSigner.Generate("example.org/log");
        var note = signer.Sign(Encoding.UTF8.GetBytes(new Checkpoint("example.org/other", 42, Root).ToString()));

        Assert.False(Checkpoint.TryOpen(note, signer.VerifierKey, out _, out var fault));
        Assert.Contains("example.org/other", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_key_reads_back_and_its_faults_tell_nothing_of_it()
    {
        using var signer = NoteSigner.Generate("example.org/log");
        var text = signer.ExportPrivateKey();

        Assert.True(NoteSigner.TryParse(text + "\n", out var read, out _));
        Assert.Equal(signer.VerifierKey, read.VerifierKey);
        Assert.Equal(signer.Sign("m\n"u8), read.Sign("m\n"u8));
        read.Dispose();

        foreach (var broken in new[]
        {
            "", text[1..], text[..^1],
            text.Replace("example", "exomple", StringComparison.Ordinal), text.Replace("PRIVATE", "PUBLIC", StringComparison.Ordinal),
        })
        {
            Assert.False(NoteSigner.TryParse(broken, out _, out var fault));
            Assert.DoesNotContain(text[^10..], fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_good_signature_does_not_outweigh_a_bad_one_of_the_same_key()
    {
        using var signer = NoteSigner.Generate("example.org/log");
        var key = signer.VerifierKey;
        var good = signer.Sign("text\n"u8);
        var bad = Encoding.UTF8.GetBytes($"— {key.Name} {Convert.ToBase64String([.. KeyIdBytes(key), .. new byte[64]])}\n");

        Assert.True(IsSigned(good));
        Assert.False(IsSigned([.. good, .. bad]));
        Assert.False(IsSigned([.. "text\n\n"u8, .. bad]));

        bool IsSigned(byte[] note) => SignedNote.TryParse(note, out var signed, out _) && signed.IsSignedBy(key);
    }

    [Fact]
    public void A_witness_cosigns_text_and_time()
    {
        using var witness = Ed25519PrivateKey.Generate();
        var key = new VerifierKey("example.org/witness", witness.PublicKey, NoteKeyType.Cosignature);
        var text = Encoding.UTF8.GetBytes(new Checkpoint("example.org/log", 42, Root).ToString());
        var cosignature = new Cosignature(1_700_000_000, default);
        byte[] time = [0, 0, 0, 0, 0x65, 0x53, 0xf1, 0x00];
        byte[] signature = [.. time, .. witness.Sign(cosignature.MessageFor(text))];

        Assert.True(key.Verify(text, signature));
        signature[7] ^= 1;
        Assert.False(key.Verify(text, signature));
        Assert.False(Cosignature.TryParse([0x80, .. signature[1..]], out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name AAAAAAE=")]
    [InlineData("text\n\n- name AAAAAAE=\n")]
    [InlineData("text\n\n— name AAAAAA==\n")]
    [InlineData("text\n\n— name AAAAAA E=\n")]
    [InlineData("text\n\n—  AAAAAAE=\n")]
    [InlineData("text\n\n— na+me AAAAAAE=\n")]
    [InlineData("text\n\n— na\u00a0me AAAAAAE=\n")]
    [InlineData("te\txt\n\n— name AAAAAAE=\n")]
    [InlineData("te\0xt\n\n— name AAAAAAE=\n")]
    public void A_malformed_note_is_refused(string note) => Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out _, out _));

    [Fact]
    public void A_note_may_have_many_signatures_but_not_any_number()
    {
        string Note(int signatures) => "text\n\n" + string.Concat(Enumerable.Repeat("— name AAAAAAE=\n", signatures));

        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(Note(SignedNote.MaxSignatures)), out _, out _));
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(Note(SignedNote.MaxSignatures + 1)), out _, out _));
        Assert.False(SignedNote.TryParse(new byte[SignedNote.MaxBytes + 1], out _, out _));
    }

    [Theory]
    [InlineData("o\n01\nROOT\n")]
    [InlineData("o\n+1\nROOT\n")]
    [InlineData("o\n 1\nROOT\n")]
    [InlineData("o\n9223372036854775808\nROOT\n")]
    [InlineData("o\n0\nROOT\n")]
    [InlineData("o\n1\nROOT\n\n")]
    [InlineData("o\n1\nROOT\nx\n\n")]
    [InlineData("o\n1\nROOT ")]
    [InlineData("o\r\n1\nROOT\n")]
    public void A_malformed_checkpoint_is_refused(string text) =>
        Assert.False(
            Checkpoint.TryParse(Encoding.UTF8.GetBytes(text.Replace("ROOT", Root.ToBase64(), StringComparison.Ordinal)), out _, out _));

    [Fact]
    public void The_empty_log_has_the_empty_root()
    {
        Assert.True(Checkpoint.TryParse(Encoding.UTF8.GetBytes(new Checkpoint("o", 0, MerkleTree.EmptyRoot).ToString()), out _, out _));
        using var signer = NoteSigner.Generate("o");
        Assert.Throws<ArgumentException>(() => new Checkpoint("o", 0, Root).Sign(signer));
        Assert.Throws<ArgumentException>(() => new Checkpoint("p", 1, Root).Sign(signer));
        Assert.Throws<ArgumentException>(() => signer.Sign("no newline"u8));
        Assert.Throws<ArgumentException>(() => NoteSigner.Generate("a b"));
    }

    private static byte[] KeyIdBytes(VerifierKey key) =>
        Convert.FromHexString(key.KeyId.ToString("x8", System.Globalization.CultureInfo.InvariantCulture));
}
