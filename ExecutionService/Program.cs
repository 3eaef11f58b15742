using OnlineCompiler.ExecutionService;
using OnlineCompiler.ExecutionService.Grpc;
using OnlineCompiler.ExecutionService.Sandbox.Tasks;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Worker;
using OnlineCompiler.ServiceDefaults;

// Not the service but a worker of one, which does a single job and exits.
if (WorkerMode.IsAsked(args))
    return await WorkerMode.RunAsync(args);

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddGrpcServer();
builder.AddSandbox();
builder.Services.AddLanguages();
builder.Services.AddCompilation();
builder.Services.AddExecutions();
builder.Services.AddDrain();
builder.Services.AddJudging();
builder.AddSubmissions();
builder.AddExecutionGrpc();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapGrpcService<ExecutionGrpcService>();
app.MapGrpcService<CallbacksGrpcService>();
app.MapWorkers();

app.Run();
return 0;
