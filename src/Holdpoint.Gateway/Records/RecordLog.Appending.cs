using Holdpoint.Gateway.Storage;

namespace Holdpoint.Gateway.Records;

internal sealed partial class RecordLog
{
    /// <summary>One record on its way into the log.</summary>
    private sealed class AppendJob : WriteJob
    {
        private readonly RecordLog _owner;
        private readonly RecordDraft _draft;
        private readonly TaskCompletionSource<long>? _index;
        private readonly Func<StoreConnection, long, bool>? _change;
        private Exception? _fault;
        private Pseudonym? _pseudonym;
        private RenderedRecord? _record;
        private long _assigned;

        public AppendJob(
            RecordLog owner, RecordDraft draft, bool isAwaited, Func<StoreConnection, long, bool>? change = null, int bytes = 0,
            bool isPatient = false)
        {
            _owner = owner;
            _change = change;
            _draft = draft;
            _index = isAwaited ? new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            _record = owner._rendered.Rent();
            Render();
            Bytes = _record.Length + bytes;
            Deadline = isAwaited && !isPatient ? Environment.TickCount64 + (long)owner._longestWait.TotalMilliseconds : long.MaxValue;
        }

        public Task<long> Index => _index!.Task;

        public override int Bytes { get; }

        public override long Deadline { get; }

        public override bool IsRetried => _index is null;

        public override void Execute(StoreConnection connection)
        {
            if (_draft is { Relies: { } relies, LetsHappen: true } && !StillHolds(relies))
            {
                _assigned = -1;
                return;
            }

            if (_change is not null && !TryChange(connection))
            {
                _assigned = -1;
                return;
            }

            if (_pseudonym is { IsShredded: true })
            {
                Render();
            }

            if (_pseudonym is { IsStored: false })
            {
                RecordTables.InsertPseudonym(connection, _pseudonym);
            }

            _assigned = _owner._writer.Append(connection, _record!, _pseudonym?.Id);
        }

        public override void Committed()
        {
            GiveBack();
            if (_assigned < 0)
            {
                // No record was written, so its subject was not stored either.
                Finish();
                return;
            }

            _pseudonym?.MarkStored();
            _owner._writer.Committed(_assigned);
            Volatile.Write(ref _owner._size, _assigned + 1);
            Finish();
        }

        public override void Failed(StoreUnavailableException why)
        {
            GiveBack();
            if (_index is null)
            {
                _owner.LogLostRecord(why.Fault);
            }
            else
            {
                _index.TrySetException(RecordUnavailableException.From(why.Fault, why));
            }
        }

        public override void Overdue()
        {
            // Told more than once while the disk hangs: once is enough, and an exception costs.
            if (_index is { Task.IsCompleted: false } index)
            {
                index.TrySetException(new RecordUnavailableException(RecordFault.StoreFailed, new TimeoutException()));
            }
        }

        /// <summary>Gives back the memory of the rendered record, once: it was written, or never will be.</summary>
        public void GiveBack()
        {
            if (_record is { } record)
            {
                _record = null;
                _owner._rendered.Return(record);
            }
        }

        private void Finish()
        {
            if (_fault is null)
            {
                _index?.TrySetResult(_assigned);
            }
            else
            {
                _index?.TrySetException(_fault);
            }
        }

        /// <summary>
        /// Asked in the order of the log, so that nothing stands behind the record of a reload that relied on what the reload took away.
        /// </summary>
        private bool StillHolds(IReliance relies)
        {
            try
            {
                _fault = relies.StillHolds() ? null : new RecordUnavailableException(RecordFault.Superseded);
            }
            catch (Exception e)
            {
                // The boundary of the question: what breaks in it must not fail the neighbours in the transaction.
                _fault = e;
            }

            return _fault is null;
        }

        /// <summary>
        /// As in <see cref="WriteJob{T}"/>: what the change throws undoes its own statements and cannot fail its neighbours.
        /// </summary>
        private bool TryChange(StoreConnection connection)
        {
            var isDone = false;
            _fault = null;
            connection.Execute("SAVEPOINT change");
            try
            {
                isDone = _change!(connection, _owner._writer.NextIndex(connection));
            }
            catch (Exception e) when (e is not (StoreRefusedException or StoreLostException))
            {
                _fault = StoreUnavailableException.Of(e) is StoreUnavailableException down
                    ? RecordUnavailableException.From(down.Fault, down)
                    : e;
            }

            if (!isDone)
            {
                connection.Execute("ROLLBACK TO change");
            }

            connection.Execute("RELEASE change");
            return isDone;
        }

        private void Render()
        {
            if (_draft.Principal is { } principal)
            {
                var deployment = _draft.Deployment ?? throw new ArgumentException("A principal needs its deployment.");
                _pseudonym = _owner._pseudonyms.Of(deployment, principal);
            }

            _record!.Render(_draft, _owner.Gateway, _pseudonym, _owner._time.GetUtcNow());
        }
    }
}
