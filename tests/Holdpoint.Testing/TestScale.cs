namespace Holdpoint.Testing;

/// <summary>How much of a long test to run: <c>./test</c> runs the short form, <c>./test --long</c> all of it.</summary>
public static class TestScale
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("HOLDPOINT_LONG_TESTS") == "1";

    public static int Of(int @short, int @long) => IsLong ? @long : @short;
}
