namespace OnlineCompiler.Deploy.Cost;

/// <summary>A line of a bill.</summary>
/// <param name="Group">What it is for.</param>
/// <param name="What">Of what.</param>
/// <param name="Quantity">In units of the price, in a month.</param>
/// <param name="Price">For one.</param>
/// <param name="IsAtMost">The traffic needs more than the environment lets there be: callers would wait or be refused.</param>
internal sealed record BillLine(string Group, string What, decimal Quantity, Price Price, bool IsAtMost = false)
{
    public decimal Usd => Quantity * Price.Usd;
}

/// <summary>A month's bill of an environment: what its templates have, used by that traffic.</summary>
internal sealed record Bill(Traffic Traffic, IReadOnlyList<BillLine> Lines)
{
    public decimal Usd => Lines.Sum(line => line.Usd);

    public IEnumerable<(string Group, decimal Usd)> Groups => Lines.GroupBy(line => line.Group).Select(group => (group.Key, group.Sum(line => line.Usd))).OrderByDescending(group => group.Item2);

    /// <summary>How much of it rests on prices whose source is more than a year older than the table.</summary>
    public decimal AgedUsd => Lines.Where(line => Prices.IsAged(line.Price)).Sum(line => line.Usd);

    /// <exception cref="CostException">The templates have a type of which nobody has said whether it costs anything.</exception>
    public static Bill Of(TemplateSet templates, Traffic traffic)
    {
        var unknown = templates.ByType.Select(type => type.Key).Where(type => !ResourceCosts.Knows(type)).ToList();
        if (unknown.Count > 0)
            throw new CostException($"Nobody has said what these cost: {string.Join(", ", unknown)}. Add them to {nameof(ResourceCosts)}, as priced or as free.");

        return new Bill(traffic, [.. templates.ByType.SelectMany(type => ResourceCosts.LinesOf(type.Key, [.. type], templates, traffic)).Where(line => line.Quantity > 0)]);
    }
}
