namespace OnlineCompiler.ExecutionService.Sandbox.Prepared;

/// <summary>The shelves of all moulds, and what they may hold together. Its pool's lock guards it.</summary>
/// <param name="options">Bounds of each shelf, and of all stages' memory.</param>
/// <param name="most">Stages that may wait, of all moulds together.</param>
/// <param name="time">Of demand.</param>
internal sealed class Shelves(PreparedOptions options, int most, TimeProvider time)
{
    private readonly Dictionary<Mould, Shelf> _byMould = [];

    public IReadOnlyCollection<Shelf> All => _byMould.Values;

    /// <summary>What more stages may take of the machine's memory.</summary>
    public long FreeBytes => options.BudgetBytes - All.Sum(shelf => shelf.Ready.Sum(Shelf.BytesOf));

    public Shelf? Find(Mould mould) => _byMould.GetValueOrDefault(mould);

    /// <summary>Made if need be.</summary>
    public Shelf Of(Mould mould)
    {
        if (!_byMould.TryGetValue(mould, out var shelf))
            _byMould[mould] = shelf = new Shelf(mould, options.MaxPerMould, time);
        return shelf;
    }

    /// <summary>Of those whose stages fit, the emptiest, and of these the one that is asked for most.</summary>
    public Shelf? ChooseNext()
    {
        if (All.Sum(shelf => shelf.Ready.Count) >= most)
            return null;
        var free = FreeBytes;
        return All.Where(shelf => shelf.Missing > 0 && shelf.StageBytes <= free).OrderBy(shelf => shelf.Ready.Count).ThenByDescending(shelf => shelf.Load).FirstOrDefault();
    }

    /// <summary>Stages that nobody asks for any more; shelves that nobody does go as well.</summary>
    public IReadOnlyList<PreparedStage> TakeSurplus()
    {
        var surplus = new List<PreparedStage>();
        foreach (var shelf in All.ToList())
        {
            var target = shelf.Target;
            var count = Math.Max(0, shelf.Ready.Count - target);
            surplus.AddRange(shelf.Ready.Take(count));
            shelf.Ready.RemoveRange(0, count);
            if (target == 0)
                _byMould.Remove(shelf.Mould);
        }
        return surplus;
    }

    public IReadOnlyList<PreparedStage> TakeAll()
    {
        var all = All.SelectMany(shelf => shelf.Ready).ToList();
        foreach (var shelf in All)
            shelf.Ready.Clear();
        return all;
    }

    /// <summary>Forgets who had asked for runtimes that boot in each stage.</summary>
    public void RemoveBooted()
    {
        foreach (var mould in _byMould.Keys.Where(mould => mould.Host is { Forks: false }).ToList())
            _byMould.Remove(mould);
    }
}
