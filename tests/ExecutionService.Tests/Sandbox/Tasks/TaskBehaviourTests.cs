using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Tests.Grpc;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

[Collection(TaskService.Collection)]
public sealed class TaskExecuteTests(TaskService tasks) : ExecuteBehaviour(tasks.Service);

[Collection(TaskService.Collection)]
public sealed class TaskAttachTests(TaskService tasks) : AttachBehaviour(tasks.Service);

[Collection(TaskService.Collection)]
public sealed class TaskLimitTests(TaskService tasks) : LimitBehaviour(tasks.Service)
{
    [Fact]
    public async Task Answers_say_that_machines_alone_keep_programs_apart()
    {
        var answer = await RunAsync(Requests.Bash("echo $HOME"));

        Assert.NotEqual("/workspace\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal(Isolation.Task, answer.Isolation);
    }
}

[Collection(TaskService.Collection)]
public sealed class TaskArtifactTests(TaskService tasks) : ArtifactBehaviour(tasks.Service);

public sealed class NamespaceTaskLimitTests(NamespaceTaskService tasks) : LimitBehaviour(tasks.Service), IClassFixture<NamespaceTaskService>
{
    [Fact]
    public async Task Answers_say_that_the_sandbox_is_whole()
    {
        var answer = await RunAsync(Requests.Bash("echo $HOME"));

        Assert.Equal("/workspace\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal(Isolation.Full, answer.Isolation);
    }
}
