using System.Buffers;

namespace Holdpoint.Cli.Evidence;

/// <summary>Names as agreements and configurations accept them, written so that no YAML reader takes one for something else.</summary>
internal static class YamlName
{
    private const int MaxChars = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/@+");

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./");

    private static readonly string[] Words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

    /// <summary>The rule for names, for messages.</summary>
    public static string Rule { get; } = $"1 to {MaxChars} letters, digits and - _ . : / @ +";

    public static bool IsName(string text) => text.Length is > 0 and <= MaxChars && !text.AsSpan().ContainsAnyExcept(Allowed);

    /// <exception cref="CommandFailureException">It is no name.</exception>
    public static string Of(string option, string name) =>
        !IsName(name)
            ? throw CommandFailureException.Usage($"{option} must be {Rule}")
            : char.IsAsciiLetter(name[0]) && !name.AsSpan().ContainsAnyExcept(Plain)
                && !Words.Contains(name, StringComparer.OrdinalIgnoreCase)
                ? name
                : $"\"{name}\"";
}
