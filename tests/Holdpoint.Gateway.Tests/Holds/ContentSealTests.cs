using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Gateway.Holds;
using Holdpoint.Gateway.Settings;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Holds;

public sealed class ContentSealTests
{
    private readonly ContentSeal _seal = new(RandomNumberGenerator.GetBytes(32));
    private readonly HoldId _hold = HoldId.Create();

    [Fact]
    public void What_was_sealed_opens_and_no_two_seals_are_alike() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), content =>
        {
            var (first, second) = (_seal.Seal(_hold, "body", content), _seal.Seal(_hold, "body", content));

            return content.AsSpan().SequenceEqual(_seal.Open(_hold, "body", first)) && !first.AsSpan().SequenceEqual(second);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_flipped_bit_shows()
    {
        var content = _seal.Seal(_hold, "body", "content"u8);

        for (var bit = 0; bit < content.Length * 8; bit++)
        {
            var changed = (byte[])content.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(_seal.Open(_hold, "body", changed));
        }
    }

    [Fact]
    public void Content_opens_in_no_other_place_and_under_no_other_secret()
    {
        var content = _seal.Seal(_hold, "body", "content"u8);

        Assert.Null(_seal.Open(_hold, "answer", content));
        Assert.Null(_seal.Open(HoldId.Create(), "body", content));
        Assert.Null(new ContentSeal(RandomNumberGenerator.GetBytes(32)).Open(_hold, "body", content));
        Assert.Null(_seal.Open(_hold, "body", content.AsSpan(0, 28)));
        Assert.Null(_seal.Open(_hold, "body", []));
    }

    [Fact]
    public void The_secret_is_made_once_and_for_its_owner_alone()
    {
        using var folder = new TempFolder();
        var path = folder["holds.key"];

        var content = ContentSeal.Open(path).Seal(_hold, "body", "content"u8);

        Assert.Equal("content"u8.ToArray(), ContentSeal.Open(path).Open(_hold, "body", content));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    public void Another_file_in_its_place_stops_the_start(string text)
    {
        using var folder = new TempFolder();
        folder.WriteKey("holds.key", text);

        Assert.Throws<GatewayStartException>(() => ContentSeal.Open(folder["holds.key"]));
    }
}
