using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Gateway.Tests.Decisions;

namespace Holdpoint.Gateway.Tests.Holds;

/// <summary>
/// Whatever people and callers do with a hold, in whatever order: it takes the steps that a small model of it takes, and what it releases
/// it releases once, to somebody whom two distinct people approved.
/// </summary>
public sealed class HoldBookTests
{
    private enum Move
    {
        ApproveByFirst,
        ApproveBySecond,
        ApproveByThird,
        RefuseByFirst,
        RefuseByThird,
        Release,
        CallEqual,
        Restart,
    }

    [Fact]
    public async Task Any_order_of_steps_is_that_of_the_model()
    {
        await using var gateway = await TestGateway.StartAsync();
        var next = 0;
        var moves = Gen.Elements(Enum.GetValues<Move>().SelectMany(move => Enumerable.Repeat(move, move == Move.Restart ? 1 : 4)))
            .NonEmptyListOf();

        // One gateway for all runs, each with a call of its own: starting one costs more than all else.
        Prop.ForAll(moves.ToArbitrary(), list => PlayAsync(gateway, $"Rank group {next++}.", list).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Testing.TestScale.Of(15, 400)));
    }

    private static async Task<bool> PlayAsync(TestGateway gateway, string question, IEnumerable<Move> moves)
    {
        var body = HeldCall.Body.Replace("Rank these applications.", question, StringComparison.Ordinal);
        var hold = await gateway.HeldAsync(body);
        var model = new Model();
        foreach (var move in moves)
        {
            switch (move)
            {
                case Move.ApproveByFirst or Move.ApproveBySecond or Move.ApproveByThird:
                    var person = (int)move;
                    Assert.Equal(model.Approve(person), Took(await gateway.DecideAsync(hold, person)));
                    break;
                case Move.RefuseByFirst or Move.RefuseByThird:
                    Assert.Equal(
                        model.Refuse(), Took(await gateway.DecideAsync(hold, move == Move.RefuseByFirst ? 0 : 2, approves: false)));
                    break;
                case Move.Release:
                    var released = await gateway.AskAsync(hold, body);
                    Assert.True(model.Release() == (released.Status == System.Net.HttpStatusCode.OK), released.Text);
                    break;
                case Move.CallEqual:
                    var met = HeldCall.HoldOf(await gateway.AskAsync(body: body));
                    Assert.Equal(model.IsOpen, met == hold);
                    if (met != hold)
                    {
                        // It has its own way from here; this one is not to be met again.
                        await gateway.DecideAsync(met, 0, approves: false);
                    }

                    break;
                case Move.Restart:
                    await gateway.StopAsync();
                    await gateway.StartAgainAsync();
                    break;
            }

            Assert.Equal(model.State, await gateway.StateAsync(hold));
        }

        return true;
    }

    private static bool Took(TestAnswer answer) => answer.Status == System.Net.HttpStatusCode.Created;

    private sealed class Model
    {
        private readonly HashSet<int> _approved = [];
        private string _ended = "";

        public bool IsOpen => _ended.Length == 0;

        public string State => !IsOpen ? _ended : _approved.Count == 2 ? "approved" : "open";

        public bool Approve(int person) => IsOpen && _approved.Count < 2 && _approved.Add(person);

        public bool Refuse()
        {
            var was = IsOpen;
            _ended = was ? "refused" : _ended;
            return was;
        }

        public bool Release()
        {
            var may = IsOpen && _approved.Count == 2;
            _ended = may ? "used" : _ended;
            return may;
        }
    }
}
