using Holdpoint.Wire;

namespace Holdpoint.Gateway.Budget;

/// <summary>What is told where content does not fit into memory now (docs/reference/causes.md).</summary>
internal static class BudgetFaults
{
    public const string Overloaded = "overloaded";

    public static Fault RequestDoesNotFit { get; } =
        Full("The content under way leaves no room for this request in this gateway now; try again.");

    /// <summary>The model was asked, and its answer is lost; nothing of it has left but what was screened.</summary>
    public static Fault AnswerDoesNotFit { get; } =
        Full("The content under way leaves no room for this answer in this gateway now; try again.");

    private static Fault Full(string message) =>
        new(HttpStatus.ServiceUnavailable, Overloaded, "", message) { RetryAfter = TimeSpan.FromSeconds(1) };
}
