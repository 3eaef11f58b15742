using Amazon.CDK;
using Amazon.CDK.AWS.AutoScaling;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Network;
using AsgBlockDevice = Amazon.CDK.AWS.EC2.BlockDevice;

namespace OnlineCompiler.Deploy.Services;

/// <summary>
/// The instances whose containers may make namespaces: one ExecutionService each. Their metadata is there for the instance alone: tokens
/// are required, do not survive a hop, and ECS closes the address to tasks; programs have no network at all.
/// </summary>
internal static class ExecutionHost
{
    /// <summary>The sandbox's sockets and generated files, on the host's disk, for the container's root is read-only.</summary>
    public const string StateDirectory = "/var/lib/onlinecompiler";

    private const string State = "state";
    private const int DiskGiB = 60;

    public static TaskDefinition CreateTask(Stack stack) => new Ec2TaskDefinition(stack, "execution-task", new Ec2TaskDefinitionProps
    {
        NetworkMode = Amazon.CDK.AWS.ECS.NetworkMode.AWS_VPC,
    });

    public static void MountState(TaskDefinition task, ContainerDefinition container)
    {
        task.AddVolume(new Amazon.CDK.AWS.ECS.Volume { Name = State, Host = new Host { SourcePath = StateDirectory } });
        container.AddMountPoints(new MountPoint { SourceVolume = State, ContainerPath = StateDirectory, ReadOnly = false });
    }

    public static AsgCapacityProvider Create(Stack stack, DeployEnvironment environment, NetworkStack network, Cluster cluster)
    {
        var hosts = environment.Hosts!;
        var role = new Role(stack, "host-role", new RoleProps { AssumedBy = new ServicePrincipal("ec2.amazonaws.com") });
        role.AddManagedPolicy(ManagedPolicy.FromAwsManagedPolicyName("service-role/AmazonEC2ContainerServiceforEC2Role"));
        role.Accept("AwsSolutions-IAM4", "The agent of ECS needs what AWS says that it needs, which changes with the agent.");

        var boot = UserData.ForLinux();
        // Adding the group to the cluster adds the cluster's name here, and closes the metadata to tasks.
        boot.AddCommands(
            "echo ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true >> /etc/ecs/ecs.config",
            // What stops a container must not be faster than what it is given to finish.
            $"echo ECS_CONTAINER_STOP_TIMEOUT={ContainerSettings.StopSeconds}s >> /etc/ecs/ecs.config",
            $"install -d -m 0700 {StateDirectory}");
        var template = new LaunchTemplate(stack, "host", new LaunchTemplateProps
        {
            InstanceType = new InstanceType(hosts.InstanceType),
            MachineImage = EcsOptimizedImage.AmazonLinux2023(AmiHardwareType.STANDARD),
            Role = role,
            UserData = boot,
            SecurityGroup = network.Groups.Of(stack, SecurityGroups.Host),
            AssociatePublicIpAddress = false,
            RequireImdsv2 = true,
            HttpPutResponseHopLimit = 1,
            HttpEndpoint = true,
            DetailedMonitoring = true,
            BlockDevices =
            [
                new AsgBlockDevice { DeviceName = "/dev/xvda", Volume = Amazon.CDK.AWS.EC2.BlockDeviceVolume.Ebs(DiskGiB, new Amazon.CDK.AWS.EC2.EbsDeviceOptions { Encrypted = true, VolumeType = Amazon.CDK.AWS.EC2.EbsDeviceVolumeType.GP3 }) },
            ],
        });
        var group = new AutoScalingGroup(stack, "hosts", new AutoScalingGroupProps
        {
            Vpc = network.Vpc,
            VpcSubnets = new SubnetSelection { SubnetGroupName = NetworkStack.Private },
            LaunchTemplate = template,
            MinCapacity = hosts.Min,
            MaxCapacity = hosts.Max,
            // A week: a host is made anew with the newest image before its kernel grows old.
            MaxInstanceLifetime = Duration.Days(7),
            NewInstancesProtectedFromScaleIn = true,
            UpdatePolicy = UpdatePolicy.RollingUpdate(new RollingUpdateOptions { MinInstancesInService = hosts.Min, MaxBatchSize = 1 }),
        });
        group.Accept("AwsSolutions-AS3", "What the group does is told by ECS, whose capacity provider does it; its alarms are those of the services.");
        var capacity = new AsgCapacityProvider(stack, "host-capacity", new AsgCapacityProviderProps
        {
            AutoScalingGroup = group,
            EnableManagedScaling = true,
            EnableManagedTerminationProtection = true,
            // Tasks of a host that goes finish first.
            EnableManagedDraining = true,
            TargetCapacityPercent = 100,
        });
        cluster.AddAsgCapacityProvider(capacity);
        role.Accept("AwsSolutions-IAM5", "The agent registers a host that has no name before it is there, and submits the states of its tasks.");
        return capacity;
    }
}
