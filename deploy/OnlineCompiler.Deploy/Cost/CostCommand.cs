using System.Globalization;
using System.Text;
using Amazon.CDK;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Cost;

/// <summary><c>dotnet run --project OnlineCompiler.Deploy -- cost ENVIRONMENT…</c>, in the folder <c>deploy</c>: a month's bill of each.</summary>
internal static class CostCommand
{
    public const string Name = "cost";

    public static int Run(string folder, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            Console.Error.WriteLine($"Usage: {Name} ENVIRONMENT…");
            return 2;
        }

        var output = Directory.CreateTempSubdirectory("onlinecompiler-cost-");
        try
        {
            foreach (var name in names)
            {
                var templates = Path.Combine(output.FullName, name);
                var environment = EnvironmentReader.Load(folder, name, "cost");
                Deployment.Synthesize(new App(new AppProps { Outdir = templates, AnalyticsReporting = false, TreeMetadata = false }), environment);
                Console.Write(Describe(environment, TemplateSet.Load(templates)));
            }
            return 0;
        }
        catch (Exception error) when (error is EnvironmentException or CostException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    public static string Describe(DeployEnvironment environment, TemplateSet templates)
    {
        var bills = Traffic.All.Select(traffic => Bill.Of(templates, traffic)).ToList();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{environment.Name}: USD a month, prices of {Prices.Region} read on {Prices.AsOf:yyyy-MM-dd}, before tax");
        text.AppendLine(Row("", bills.Select(bill => $"{bill.Traffic.Name}: {bill.Traffic.Runs:N0} runs")));
        foreach (var group in bills.SelectMany(bill => bill.Groups).Select(group => group.Group).Distinct())
            text.AppendLine(Row(group, bills.Select(bill => Usd(bill.Lines.Where(line => line.Group == group).Sum(line => line.Usd)))));
        text.AppendLine(Row("all", bills.Select(bill => Usd(bill.Usd))));
        text.AppendLine(Row("of it aged prices", bills.Select(bill => Usd(bill.AgedUsd))));
        foreach (var source in bills.SelectMany(bill => bill.Lines).Select(line => line.Price.Source).Distinct().OrderBy(source => source.Of))
            text.AppendLine(CultureInfo.InvariantCulture, $"  prices of {source.Of:yyyy-MM-dd}: {source.Name}");
        foreach (var (bill, range) in bills.Select(bill => (bill, Expected(environment, bill.Traffic))).Where(pair => pair.Item2 is not null))
            text.AppendLine(CultureInfo.InvariantCulture, $"  asked for at {bill.Traffic.Name} traffic: {range!.Value.From} to {range.Value.To} USD; this is {Verdict(bill.Usd, range.Value)}");
        foreach (var bill in bills.Where(bill => bill.Lines.Any(line => line.IsAtMost)))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {bill.Traffic.Name} traffic needs more than there may be: {string.Join(", ", bill.Lines.Where(line => line.IsAtMost).Select(line => line.What))}");
        foreach (var bill in bills)
        {
            var knobs = Knobs.Of(environment, templates, bill.Traffic).Take(3).Select(knob => string.Create(CultureInfo.InvariantCulture, $"{knob.What} ({knob.SavedUsd:F2})"));
            text.AppendLine(CultureInfo.InvariantCulture, $"  saves most at {bill.Traffic.Name} traffic: {string.Join("; ", knobs)}");
        }
        return text.AppendLine().ToString();
    }

    /// <summary>What the environment was meant to cost when it was first thought of.</summary>
    public static (decimal From, decimal To)? Expected(DeployEnvironment environment, Traffic traffic) => (environment.IsServerless, traffic.Name) switch
    {
        (true, "low") => (10, 50),
        (false, "medium") => (50, 200),
        _ => null,
    };

    private static string Verdict(decimal usd, (decimal From, decimal To) range) =>
        usd > range.To ? $"{Usd(usd - range.To)} more" : usd < range.From ? $"{Usd(range.From - usd)} less" : "within";

    private static string Row(string title, IEnumerable<string> cells) => $"  {title,-24}{string.Concat(cells.Select(cell => $"{cell,28}"))}";

    private static string Usd(decimal usd) => usd.ToString("F2", CultureInfo.InvariantCulture);
}
