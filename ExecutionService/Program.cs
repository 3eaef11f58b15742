using OnlineCompiler.ExecutionService;
using OnlineCompiler.ExecutionService.Grpc;
using OnlineCompiler.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddGrpcServer();
builder.AddSandbox();
builder.Services.AddLanguages();
builder.Services.AddExecutions();
builder.AddExecutionGrpc();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapGrpcService<ExecutionGrpcService>();

app.Run();
