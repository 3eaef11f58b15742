using System.Threading.Channels;

namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>Numbers from 0, each held by one sandbox at a time; a slot's number gives its user id.</summary>
internal sealed class SlotPool
{
    private readonly Channel<int> _free = Channel.CreateUnbounded<int>();

    public SlotPool(int count)
    {
        for (var number = 0; number < count; number++)
            Return(number);
    }

    public int FreeCount => _free.Reader.Count;

    /// <summary>Waits for a free slot. Disposing it gives it back.</summary>
    public async ValueTask<Slot> TakeAsync(CancellationToken cancellationToken) =>
        new(this, await _free.Reader.ReadAsync(cancellationToken));

    // To the end of the line: an id rests as long as possible before it is someone else's.
    private void Return(int number) => _free.Writer.TryWrite(number);

    internal sealed class Slot(SlotPool pool, int number) : IDisposable
    {
        private SlotPool? _pool = pool;

        public int Number { get; } = number;

        public void Dispose() => Interlocked.Exchange(ref _pool, null)?.Return(Number);
    }
}
