namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>The compilations used last, in memory.</summary>
/// <param name="capacityBytes">Of all of them together.</param>
internal sealed class HotCompilations(long capacityBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CompileKey, LinkedListNode<(CompileKey Key, KeptCompilation Compilation)>> _byKey = [];
    private readonly LinkedList<(CompileKey Key, KeptCompilation Compilation)> _lastUsedFirst = [];
    private long _bytes;

    public KeptCompilation? Find(CompileKey key)
    {
        lock (_lock)
        {
            if (!_byKey.TryGetValue(key, out var node))
                return null;
            _lastUsedFirst.Remove(node);
            _lastUsedFirst.AddFirst(node);
            return node.Value.Compilation;
        }
    }

    public void Add(CompileKey key, KeptCompilation compilation)
    {
        // One giant would push out everything else.
        if (compilation.Bytes > capacityBytes / 4)
            return;
        lock (_lock)
        {
            if (_byKey.ContainsKey(key))
                return;
            _byKey[key] = _lastUsedFirst.AddFirst((key, compilation));
            _bytes += compilation.Bytes;
            while (_bytes > capacityBytes)
            {
                var (oldKey, old) = _lastUsedFirst.Last!.Value;
                _lastUsedFirst.RemoveLast();
                _byKey.Remove(oldKey);
                _bytes -= old.Bytes;
            }
        }
    }
}
