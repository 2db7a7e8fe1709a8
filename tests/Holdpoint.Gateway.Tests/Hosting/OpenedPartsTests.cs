using Holdpoint.Gateway.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Holdpoint.Gateway.Tests.Hosting;

public sealed class OpenedPartsTests
{
    [Fact]
    public async Task They_close_in_reverse_and_one_that_fails_keeps_no_other_open()
    {
        List<string> closed = [];
        var parts = new OpenedParts(NullLogger<OpenedParts>.Instance);
        parts.Add(new Part(() => closed.Add("first")));
        parts.Add(new Part(() => throw new InvalidOperationException("no")));
        parts.Add(new SyncPart(() => closed.Add("last")));

        await parts.DisposeAsync();

        Assert.Equal(["last", "first"], closed);
    }

    [Fact]
    public async Task One_that_never_ends_keeps_neither_the_others_open_nor_the_process()
    {
        using var block = new ManualResetEventSlim();
        var first = new TaskCompletionSource();
        var parts = new OpenedParts(NullLogger<OpenedParts>.Instance, TimeSpan.FromSeconds(3));
        parts.Add(new Part(first.SetResult));
        parts.Add(new Part(() => block.Wait(TestContext.Current.CancellationToken)));

        await parts.DisposeAsync();

        // It had time of its own, also after the other had used all of its.
        Assert.True(first.Task.IsCompleted);
        Assert.False(block.IsSet);
        block.Set();
    }

    private sealed class Part(Action close) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            close();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class SyncPart(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}
