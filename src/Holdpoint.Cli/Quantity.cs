namespace Holdpoint.Cli;

/// <summary>A number of things in words, such as <c>1 clause</c> or <c>2 clauses</c>.</summary>
internal static class Quantity
{
    public static string Of(long number, string one, string many) => $"{number} {(number == 1 ? one : many)}";
}
