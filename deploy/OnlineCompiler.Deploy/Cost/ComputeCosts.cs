using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using static OnlineCompiler.Deploy.Cost.Traffic;

namespace OnlineCompiler.Deploy.Cost;

/// <summary>Tasks, hosts and functions: as many as the template begins with, or as the traffic needs on average, up to the most there may be.</summary>
internal static class ComputeCosts
{
    private const string Serving = "services";
    private const string Programs = "programs";

    public static IEnumerable<BillLine> Services(IReadOnlyList<CostedResource> all, TemplateSet templates, Traffic traffic)
    {
        foreach (var service in all.Where(service => service.Text("LaunchType") == "FARGATE"))
        {
            var name = service.Text("ServiceName")!;
            var task = templates.Named(service["TaskDefinition"]!);
            var processors = task.Number("Cpu") / 1024;
            var most = templates.MostOf(service);
            var needed = TasksOf(name, processors, service.Number("DesiredCount"), traffic);
            var hours = Math.Min(needed, most) * HoursAMonth;
            var isArm = task.Text("RuntimePlatform.CpuArchitecture") == "ARM64";
            var group = name is ServiceModels.Execution or EnvironmentReader.WorkerSize ? Programs : Serving;
            yield return new BillLine(group, $"{name}, vCPU", hours * processors, isArm ? Prices.FargateArmCpu : Prices.FargateX86Cpu, needed > most);
            yield return new BillLine(group, $"{name}, memory", hours * task.Number("Memory") / 1024, isArm ? Prices.FargateArmMemory : Prices.FargateX86Memory);
        }
    }

    /// <summary>Tasks on hosts cost nothing beside them.</summary>
    public static IEnumerable<BillLine> Hosts(IReadOnlyList<CostedResource> all, TemplateSet templates, Traffic traffic)
    {
        foreach (var group in all)
        {
            var launch = templates.Of("AWS::EC2::LaunchTemplate").Single();
            var type = launch.Text("LaunchTemplateData.InstanceType")!;
            var service = templates.Of("AWS::ECS::Service").Single(each => each.Text("ServiceName") == ServiceModels.Execution);
            var places = PlacesOf(templates.Named(service["TaskDefinition"]!));
            // Scaled to seven of ten places taken, for the average hour; a peak's hosts come and go with it.
            var needed = Ceiling(traffic.PeakRunsASecond / Peak * SecondsARun / places / 0.7m);
            var hosts = Math.Min(Math.Max(group.Number("MinSize"), needed), group.Number("MaxSize"));
            yield return new BillLine(Programs, $"hosts, {type}", hosts * HoursAMonth, Prices.OfInstance(type), needed > hosts);
            var disks = (launch["LaunchTemplateData.BlockDeviceMappings"] as System.Text.Json.Nodes.JsonArray ?? []).Sum(disk => (decimal?)disk!["Ebs"]?["VolumeSize"] ?? 0);
            yield return new BillLine(Programs, "their disks", hosts * disks, Prices.Gp3);
        }
    }

    public static IEnumerable<BillLine> Functions(IReadOnlyList<CostedResource> all, TemplateSet templates, Traffic traffic)
    {
        foreach (var function in all)
        {
            // What else there is of them turns a token or empties a bucket, once a month.
            if (function.Text("Environment.Variables.FUNCTION_SERVICES") is not { } name)
                continue;

            var (requests, seconds) = name switch
            {
                ServiceModels.Session => (traffic.Runs * (SavesARun + ReadsARun), 0.03m),
                ServiceModels.Ai => (traffic.Runs / 10m, 6m),
                // It waits while the program runs.
                _ => (traffic.Requests - (traffic.Runs * (SavesARun + ReadsARun)), SecondsARun / 2),
            };
            yield return new BillLine(Serving, $"function {name}, requests", requests, Prices.LambdaRequest);
            yield return new BillLine(Serving, $"function {name}, time", requests * seconds * function.Number("MemorySize") / 1024, Prices.LambdaGbSecond);
        }
    }

    private static decimal TasksOf(string name, decimal processors, decimal fewest, Traffic traffic)
    {
        var average = traffic.PeakRunsASecond / Peak;
        var needed = name switch
        {
            // Those that run and those that wait, so that none is waited for in the busiest hour's beginning.
            EnvironmentReader.WorkerSize => (average * StagesARun * SecondsASingleUseTask) + fewest,
            ServiceModels.Gateway => Ceiling(traffic.PeakRequestsASecond / Peak / (RequestsASecondAProcessor * processors)),
            _ => fewest,
        };
        return Math.Max(fewest, needed);
    }

    private static decimal PlacesOf(CostedResource task) => (task["ContainerDefinitions"] as System.Text.Json.Nodes.JsonArray ?? [])
        .SelectMany(container => container!["Environment"] as System.Text.Json.Nodes.JsonArray ?? [])
        .Where(setting => (string?)setting!["Name"] == "Execution__MaxConcurrent")
        .Select(setting => decimal.Parse((string)setting!["Value"]!, System.Globalization.CultureInfo.InvariantCulture)).Single();

    private static decimal Ceiling(decimal number) => Math.Max(1, Math.Ceiling(number));
}
