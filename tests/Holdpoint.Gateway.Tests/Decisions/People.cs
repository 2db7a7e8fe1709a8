using System.Globalization;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>Rows about invented people, one JSON object a line, each long enough to be attested.</summary>
internal static class People
{
    public static string Rows(int count, int first = 0) =>
        string.Join('\n', Enumerable.Range(first, count).Select(Row)) + "\n";

    public static string Row(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"name\":\"Person Number{number}\",\"email\":\"person.{number}@mail.example\",\"lat\":{38.1 + (number * 0.0113):F4},"
            + $"\"lon\":{-77.2 + (number * 0.0091):F4}}}");

    /// <summary>The fewest words that are no content about anyone.</summary>
    public const string Question = "Group these people by where they were seen.\n";
}
