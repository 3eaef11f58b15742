using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Cost;

/// <summary>Something that an operator may change, and what it saves in a month.</summary>
internal sealed record Knob(string What, decimal SavedUsd);

/// <summary>What could be changed, each by itself, that which saves most first. The numbers are the bill's own lines.</summary>
internal static class Knobs
{
    public static IEnumerable<Knob> Of(DeployEnvironment environment, TemplateSet templates, Traffic traffic)
    {
        var bill = Bill.Of(templates, traffic);
        decimal Sum(Func<BillLine, bool> which) => bill.Lines.Where(which).Sum(line => line.Usd);
        var knobs = new List<Knob>();
        if (environment.NatGateways > 1)
            knobs.Add(new("natGateways: 1, and no AI while its zone is away", Sum(line => line.Price == Prices.NatHour || line.What == "addresses of NAT gateways") / environment.NatGateways * (environment.NatGateways - 1)));
        foreach (var (name, size) in environment.Services.Where(service => service.Value.Min > 1 && (!environment.IsServerless || service.Key == EnvironmentReader.WorkerSize)))
        {
            var lines = bill.Lines.Where(line => line.What.StartsWith($"{name},", StringComparison.Ordinal)).ToList();
            // Tasks beyond the fewest would not go with them.
            var tasks = lines.Count == 0 ? 0 : lines[0].Quantity / Traffic.HoursAMonth / (size.Cpu / 1024m);
            if (tasks >= size.Min && !lines.Exists(line => line.IsAtMost) && (tasks == size.Min || name == EnvironmentReader.WorkerSize))
                knobs.Add(new($"services.{name}.min: 1 instead of {size.Min}, and a wait while one starts", lines.Sum(line => line.Usd) / tasks * (size.Min - 1)));
        }
        knobs.Add(new("private endpoints in one zone alone (no setting of the environment's yet)", Sum(line => line.Price == Prices.EndpointHour) / 2));
        if (environment.Hosts is { Min: > 1 } hosts)
            knobs.Add(new($"hosts.min: {hosts.Min - 1}", Sum(line => line.What.StartsWith("hosts,", StringComparison.Ordinal)) / hosts.Min));
        // A year's promise to pay, for what is there all day; AWS tells up to so much of Fargate and of EC2.
        knobs.Add(new("a Compute Savings Plan of a year, taken as a fifth off what computes", Sum(line => line.Group is "services" or "programs") * 0.2m));
        knobs.Add(new("recording one trace of ten", Sum(line => line.Price == Prices.Trace) * 0.9m));
        if (environment.RedisNode != "cache.t4g.micro" && Sum(line => line.What.StartsWith("Redis", StringComparison.Ordinal)) is > 0 and var redis)
            knobs.Add(new("redisNode: cache.t4g.micro, while half a GB is enough", redis - (redis / Prices.OfInstance(environment.RedisNode).Usd * Prices.OfInstance("cache.t4g.micro").Usd)));
        return knobs.Where(knob => knob.SavedUsd > 0).OrderByDescending(knob => knob.SavedUsd);
    }
}
