using Holdpoint.Gateway.Budget;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Budget;

public sealed class ContentShareTests
{
    [Fact]
    public void Whatever_shares_do_the_budget_is_their_sum_and_never_more_than_it_may_be()
    {
        var random = new Random(20_260_401);
        for (var round = 0; round < 200; round++)
        {
            var (budget, most) = (new ContentBudget(), random.Next(1, 200_000));
            var shares = Enumerable.Range(0, 4).Select(_ => new ContentShare(budget, most)).ToArray();
            var rented = shares.Select(_ => new List<byte[]>()).ToArray();
            var isOver = new bool[shares.Length];
            for (var step = 0; step < 100; step++)
            {
                var i = random.Next(shares.Length);
                var (share, arrays, before) = (shares[i], rented[i], budget.Used);
                switch (isOver[i] ? 5 : random.Next(7))
                {
                    case 0 or 1:
                        var bytes = random.Next(50_000);
                        Assert.Equal(before + bytes <= most, share.TryTake(bytes));
                        break;
                    case 2:
                        share.GiveBack(random.Next(50_000));
                        break;
                    case 3 when share.TryRent(random.Next(20_000)) is { } array:
                        arrays.Add(array);
                        Assert.Equal(before + array.Length, budget.Used);
                        break;
                    case 4 when arrays is [.., var last]:
                        arrays[^1] = share.TryGrow(last, 1, last.Length + 1) ?? last;
                        break;
                    case 5 when arrays is [.., var last]:
                        share.Return(last);
                        arrays.RemoveAt(arrays.Count - 1);
                        break;
                    case 6 when random.Next(4) == 0:
                        share.Dispose();
                        share.Dispose();
                        isOver[i] = true;
                        Assert.Equal(0, share.Taken);
                        break;
                    default:
                        break;
                }

                Assert.Equal(shares.Sum(one => one.Taken), budget.Used);
                Assert.InRange(budget.Used, 0, most);
            }

            Array.ForEach(shares, share => share.Dispose());
            Assert.Equal(0, budget.Used);
        }
    }

    [Fact]
    public void Many_threads_take_no_more_than_there_is_and_leave_nothing_behind()
    {
        var (budget, most, granted, refused) = (new ContentBudget(), 1_000L, 0L, 0L);
        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 20_000; i++)
            {
                using var share = new ContentShare(budget, most);
                var bytes = random.Next(1, 400);
                if (share.TryTake(bytes))
                {
                    Assert.InRange(Interlocked.Add(ref granted, bytes), 1, most);
                    Interlocked.Add(ref granted, -bytes);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }
            }
        });

        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public void A_share_that_is_over_takes_nothing_that_nobody_would_give_back()
    {
        var budget = new ContentBudget();
        var share = new ContentShare(budget, 100);
        share.Dispose();

        Assert.Throws<ObjectDisposedException>(() => share.TryTake(1));
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public void Taking_and_giving_back_allocates_nothing()
    {
        using var share = new ContentShare(new ContentBudget(), long.MaxValue);

        Assert.Equal(0, Allocations.Of(
            () =>
            {
                share.TryTake(1_000);
                share.GiveBack(1_000);
                share.Return(share.TryRent(1_000)!);
            },
            times: 100));
    }
}
