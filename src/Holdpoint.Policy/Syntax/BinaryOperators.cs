namespace Holdpoint.Policy.Syntax;

/// <summary>How the binary operators are spelt, in text and in JSON alike.</summary>
internal static class BinaryOperators
{
    // In the order of the enumeration.
    private static readonly string[] Spelt = ["||", "&&", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*"];

    public static string TextOf(BinaryOperator op) => Spelt[(int)op];

    public static BinaryOperator? Find(string text)
    {
        var at = Array.IndexOf(Spelt, text);
        return at < 0 ? null : (BinaryOperator)at;
    }
}
