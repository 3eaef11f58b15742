using OnlineCompiler.ExecutionService.Tests.Grpc;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

[Collection(TaskService.Collection)]
public sealed class TaskExecuteTests(TaskService tasks) : ExecuteBehaviour(tasks.Service);

[Collection(TaskService.Collection)]
public sealed class TaskAttachTests(TaskService tasks) : AttachBehaviour(tasks.Service);

[Collection(TaskService.Collection)]
public sealed class TaskLimitTests(TaskService tasks) : LimitBehaviour(tasks.Service);
