using System.Security.Cryptography;
using System.Text;
using Holdpoint.Agreements.Loading;

namespace Holdpoint.Agreements;

/// <summary>The identity of one version of an agreement, which <c>Holdpoint-Bundle</c> and every record carry.</summary>
/// <remarks>
/// SHA-256 over one line for each file of the agreement, <c>sha256 path</c> and a line feed with one space between, the lines sorted
/// by their bytes. So <c>sha256sum</c>, <c>sort</c> and <c>sha256sum</c> compute it.
/// </remarks>
/// <param name="Value">64 lower-case hexadecimal digits; null only in <c>default</c>.</param>
public readonly record struct BundleDigest(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value ?? "(no bundle)";

    internal static BundleDigest Of(IEnumerable<AgreementFile> files)
    {
        // Ordinal order of UTF-16 differs from the order of UTF-8 bytes beyond the basic plane, so the bytes themselves are compared.
        var lines = files
            .Select(file => Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(file.Bytes))} {file.Path}\n"))
            .ToList();
        lines.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
        {
            hash.AppendData(line);
        }

        return new(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
