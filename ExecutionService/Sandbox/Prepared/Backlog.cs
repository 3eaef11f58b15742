namespace OnlineCompiler.ExecutionService.Sandbox.Prepared;

/// <summary>Whether runs wait for a place: preparing for later runs then only delays them. Whoever keeps a queue says so here.</summary>
internal sealed class Backlog
{
    private Func<int> _waiting = () => 0;

    public bool Exists => _waiting() > 0;

    public void Watch(Func<int> waiting) => _waiting = waiting;
}
