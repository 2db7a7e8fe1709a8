using Xunit;

namespace Holdpoint.Testing;

/// <summary>
/// Waits for what another process or task does, by asking for it again and again; gives up only when something is broken.
/// </summary>
public static class Eventually
{
    /// <summary>Two minutes: far more than anything in a test takes on a machine that others use as well.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The first answer that is not null.</summary>
    /// <param name="ask">Looks for it.</param>
    /// <param name="what">What is waited for, for the message.</param>
    public static async Task<T> FindAsync<T>(Func<Task<T?>> ask, string what)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (true)
        {
            if (await ask() is { } found)
            {
                return found;
            }

            Assert.False(limit.IsCancellationRequested, $"waited {Limit.TotalSeconds} seconds for {what}");
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>Until the condition is met.</summary>
    /// <param name="condition">Looks whether it is.</param>
    /// <param name="what">What is waited for, for the message.</param>
    public static Task MeetAsync(Func<bool> condition, string what) => FindAsync(() => Task.FromResult(condition() ? "" : null), what);
}
