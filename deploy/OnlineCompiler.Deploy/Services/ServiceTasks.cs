using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.Logs;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Network;
using HealthCheck = Amazon.CDK.AWS.ECS.HealthCheck;

namespace OnlineCompiler.Deploy.Services;

/// <summary>The task of each service: its container and the collector, logs of its own, secrets as secrets, a root that nobody writes.</summary>
internal sealed class ServiceTasks(Stack stack, DeployEnvironment environment, NetworkStack network, DataStack data)
{
    private const string Scratch = "tmp";

    public static string LogOf(DeployEnvironment environment, string service) => $"/onlinecompiler/{environment.Name}/{service}";

    public TaskDefinition Create(ServiceModel service)
    {
        var onHost = service.Name == ServiceModels.Execution && !environment.UsesTasks;
        var task = onHost ? ExecutionHost.CreateTask(stack) : CreateFargate(service.Name);
        var container = AddContainer(task, service.Name, new ContainerDefinitionOptions
        {
            Image = ContainerImage.FromEcrRepository(data.Images.Of(service.Name), environment.ImageTag),
            Environment = ContainerSettings.Plain(environment, service, data),
            Secrets = ContainerSettings.Secret(environment, service, data),
            HealthCheck = HealthOf(service),
            Privileged = onHost,
            // Sandboxes are made by root; the other services need nothing of it.
            User = onHost ? "root" : "1654",
            Cpu = onHost ? environment.SizeOf(service.Name).Cpu : null,
            MemoryLimitMiB = onHost ? environment.SizeOf(service.Name).MemoryMiB : null,
        });
        container.AddPortMappings(
            new PortMapping { Name = "http", ContainerPort = Ports.Http, AppProtocol = AppProtocol.Http },
            new PortMapping { Name = "grpc", ContainerPort = Ports.Grpc, AppProtocol = AppProtocol.Grpc });
        if (onHost)
            ExecutionHost.MountState(task, container);
        if (data.Sessions is { } sessions && service.Name == ServiceModels.Session)
            sessions.GrantReadWriteData(task.TaskRole);
        return task;
    }

    /// <summary>A worker of the ExecutionService: the same image, one job, and no collector, which would outlive it.</summary>
    public TaskDefinition CreateWorker(string dispatcher)
    {
        var task = CreateFargate(SecurityGroups.Worker);
        AddContainer(task, SecurityGroups.Worker, new ContainerDefinitionOptions
        {
            Image = ContainerImage.FromEcrRepository(data.Images.Of(ServiceModels.Execution), environment.ImageTag),
            Environment = new Dictionary<string, string>
            {
                ["Worker__Dispatcher"] = dispatcher,
                ["Worker__Backend"] = "Process",
                ["Worker__FinishWithin"] = "00:01:50",
                // A task that finds no dispatcher waits through its deployment.
                ["Worker__DialPatience"] = "00:10:00",
                ["Logging__Console__FormatterName"] = "json",
            },
            Secrets = new Dictionary<string, Amazon.CDK.AWS.ECS.Secret>
            {
                ["Worker__Token"] = Amazon.CDK.AWS.ECS.Secret.FromSecretsManager(data.Secrets.WorkerToken!),
            },
            // The sandbox without namespaces gives each program a user of its own, which takes root with a container's capabilities.
            User = "root",
        });
        return task;
    }

    private FargateTaskDefinition CreateFargate(string name)
    {
        var size = environment.SizeOf(name);
        return new FargateTaskDefinition(stack, $"{name}-task", new FargateTaskDefinitionProps
        {
            Family = $"onlinecompiler-{environment.Name}-{name}",
            Cpu = size.Cpu,
            MemoryLimitMiB = size.MemoryMiB,
            RuntimePlatform = new RuntimePlatform
            {
                OperatingSystemFamily = OperatingSystemFamily.LINUX,
                // The toolchains, and so the image that has them, are for x86-64; what runs no programs is cheaper on Graviton.
                CpuArchitecture = name is ServiceModels.Execution or SecurityGroups.Worker ? CpuArchitecture.X86_64 : CpuArchitecture.ARM64,
            },
        });
    }

    private ContainerDefinition AddContainer(TaskDefinition task, string name, ContainerDefinitionOptions options)
    {
        var log = LogGroups.Create(stack, $"{name}-log", environment, network.Key, LogOf(environment, name));
        var container = task.AddContainer(name, new ContainerDefinitionOptions
        {
            ContainerName = name,
            Image = options.Image,
            Essential = true,
            Environment = options.Environment,
            Secrets = options.Secrets,
            HealthCheck = options.HealthCheck,
            Privileged = options.Privileged,
            User = options.User,
            Cpu = options.Cpu,
            MemoryLimitMiB = options.MemoryLimitMiB,
            ReadonlyRootFilesystem = true,
            StopTimeout = Duration.Seconds(ContainerSettings.StopSeconds),
            Logging = LogDrivers.AwsLogs(new AwsLogDriverProps { LogGroup = log, StreamPrefix = name }),
        });
        if (options.Secrets is { Count: > 0 })
            network.Key.GrantDecrypt(task.ExecutionRole!);
        // Images declare it as a volume, which is what gives it their permissions on Fargate.
        task.AddVolume(new Amazon.CDK.AWS.ECS.Volume { Name = Scratch });
        container.AddMountPoints(new MountPoint { SourceVolume = Scratch, ContainerPath = "/tmp", ReadOnly = false });
        if (name != SecurityGroups.Worker)
            Collector.Add(task, environment, data, log);
        task.Accept("AwsSolutions-ECS2", "What is no secret is said plainly; secrets are ECS secrets, which a test looks after.");
        task.Accept("AwsSolutions-IAM5", "Writing spans and asking for a registry's token know no resources; a log's streams are named by the task.");
        return container;
    }

    // The sandbox can be made or not, which only "ready" says. The others are no better for being started anew while a store is away.
    private static HealthCheck HealthOf(ServiceModel service) => new()
    {
        Command = ["CMD-SHELL", $"curl -fsS http://localhost:{Ports.Http}/health/{(service.Name == ServiceModels.Execution ? "ready" : "live")} || exit 1"],
        Interval = Duration.Seconds(15),
        Timeout = Duration.Seconds(10),
        Retries = 4,
        StartPeriod = Duration.Seconds(120),
    };
}
