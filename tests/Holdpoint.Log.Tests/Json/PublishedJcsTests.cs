using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Holdpoint.Log.Json;
using Holdpoint.Testing;

namespace Holdpoint.Log.Tests.Json;

/// <summary>github.com/cyberphone/json-canonicalization, the test data of RFC 8785's authors.</summary>
public sealed class PublishedJcsTests
{
    private static string Folder => Path.Combine(TestData.Archive("log/jcs.tar.gz"), "jcs");

    [Theory]
    [InlineData("french")]
    [InlineData("unicode")]
    [InlineData("weird")]
    public void Texts_become_the_published_bytes(string name)
    {
        var canonical = CanonicalJson.Canonicalize(File.ReadAllBytes(Path.Combine(Folder, "input", name + ".json")));

        var hex = File.ReadAllText(Path.Combine(Folder, "outhex", name + ".txt")).Where(char.IsAsciiHexDigit).ToArray();
        Assert.Equal(Convert.FromHexString(hex), canonical);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, "output", name + ".json")), canonical);
    }

    [Fact]
    public void Sample_numbers_become_the_published_text()
    {
        using var numbers = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "numbers.json")));
        var samples = numbers.RootElement.GetProperty("samples");

        Assert.NotEqual(0, samples.GetArrayLength());
        foreach (var sample in samples.EnumerateArray())
        {
            var bits = ulong.Parse(sample[0].GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            Assert.Equal(sample[1].GetString(), Format(BitConverter.UInt64BitsToDouble(bits)));
        }
    }

    /// <summary>
    /// The published list has 100 million numbers and is known by checksums. Its values follow from an algorithm: fixed ones, 2,000
    /// consecutive ones, then doubles out of a chain of SHA-256.
    /// </summary>
    [Fact]
    public void The_number_list_has_the_published_checksum()
    {
        using var numbers = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "numbers.json")));
        var checksums = numbers.RootElement.GetProperty("checksums").EnumerateArray()
            .ToDictionary(c => c.GetProperty("lines").GetInt32(), c => c.GetProperty("sha256").GetString());
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        foreach (var bits in NumberList.Bits().Take(TestScale.Of(100_000, 10_000_000)))
        {
            hash.AppendData(Encoding.ASCII.GetBytes($"{bits:x},{Format(BitConverter.UInt64BitsToDouble(bits))}\n"));
            if (checksums.TryGetValue(++count, out var expected))
            {
                Assert.Equal(expected, Convert.ToHexStringLower(hash.GetCurrentHash()));
            }
        }

        Assert.True(checksums.ContainsKey(count));
    }

    private static string Format(double value)
    {
        Span<byte> text = stackalloc byte[EcmaNumber.MaxLength];
        return Encoding.ASCII.GetString(text[..EcmaNumber.Format(value, text)]);
    }

    private static class NumberList
    {
        // Near 10^n / 3, as the list has them: the errors of its making are part of it.
        private static readonly double[] Thirds =
        [
            3.3333333333333335e21, 3.333333333333333e20, 3.3333333333333336e19, 3.333333333333334e18, 3.333333333333334e17,
            3.333333333333334e16, 3.333333333333334e15, 3.333333333333334e14, 3.3333333333333344e13, 3.333333333333334e12,
            3.3333333333333344e11, 3.333333333333334e10, 3.333333333333334e9, 3.333333333333334e8, 3.3333333333333336e7,
            3.3333333333333335e6, 3.333333333333333e5, 3.3333333333333336e4, 3.333333333333333e3, 3.333333333333333e2,
            3.3333333333333336e1, 3.3333333333333335e0, 3.333333333333333e-1, 3.333333333333333e-2, 3.3333333333333335e-3,
            3.333333333333333e-4, 3.3333333333333335e-5, 3.3333333333333333e-6, 3.3333333333333335e-7, 3.3333333333333334e-8,
            3.3333333333333334e-9, 3.333333333333333e-10, 3.3333333333333335e-11, 3.333333333333333e-12, 3.3333333333333334e-13,
            3.3333333333333334e-14, 3.3333333333333332e-15, 3.333333333333333e-16, 3.3333333333333335e-17, 3.3333333333333333e-18,
            3.3333333333333334e-19, 3.333333333333333e-20, 3.3333333333333333e-21, 3.333333333333333e-22, 3.3333333333333333e-23,
            3.3333333333333334e-24, 3.3333333333333335e-25, 3.333333333333333e-26, 3.333333333333333e-27, 3.3333333333333338e-28,
        ];

        private static readonly double[] Edges =
        [
            5e-6, 1, -1, -0.9999999999999993, -0.9999999999999994, 0.9999999999999993,
            0.9999999999999994, 0.9999999999999996, 0.9999999999999998,
            -0.9999999999999999, -0.9999999999999999, 0.9999999999999999, 0.9999999999999999, 0.29999999999999993, 0.3, 0.30000000000000004,
            2.2250738585072014e-308, 2.2250738585072e-308, 2.225073858507201e-308, double.MaxValue, double.MinValue, 1L << 53, -(1L << 53),
            2.9514790517935283e20, 9.999999999999997e22, 1e23, 1.0000000000000001e23, 9.999999999999997e20, 9.999999999999999e20, 1e21,
            9.999999999999997e-7, 1e-6, 333333333.3333332, 333333333.33333325, 333333333.3333333, 333333333.3333334, 333333333.33333343,
            -3.3333333333333333e-6, 1424953923781206.2,
        ];

        public static IEnumerable<ulong> Bits()
        {
            foreach (var value in Fixed())
            {
                yield return BitConverter.DoubleToUInt64Bits(value);
            }

            for (var i = 0UL; i < 2_000; i++)
            {
                yield return 0x0010_0000_0000_0000 + i;
            }

            for (var block = SHA256.HashData(new byte[32]); ; block = SHA256.HashData(block))
            {
                for (var at = 0; at < block.Length; at += sizeof(ulong))
                {
                    var bits = BinaryPrimitives.ReadUInt64LittleEndian(block.AsSpan(at));
                    if (BitConverter.UInt64BitsToDouble(bits) is var value && double.IsFinite(value) && value != 0)
                    {
                        yield return bits;
                    }
                }
            }
        }

        /// <summary>
        /// The doubles that the list begins with: thirds and fives of many magnitudes, and both sides of every change of layout.
        /// </summary>
        private static IEnumerable<double> Fixed()
        {
            yield return 0;
            yield return -0.0;
            yield return double.Epsilon;
            yield return -double.Epsilon;
            foreach (var sign in new[] { -1, 1 })
            {
                foreach (var third in Thirds)
                {
                    yield return sign * third;
                }
            }

            yield return 10;
            for (var exponent = 0; exponent < 10; exponent++)
            {
                yield return double.Parse($"5e-{exponent}", CultureInfo.InvariantCulture);
            }

            for (var zeros = 1; zeros <= 14; zeros++)
            {
                yield return double.Parse($"5.{new string('0', zeros)}6e-6", CultureInfo.InvariantCulture);
            }

            foreach (var value in Edges)
            {
                yield return value;
            }
        }
    }
}
