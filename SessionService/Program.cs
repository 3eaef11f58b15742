using OnlineCompiler.ServiceDefaults;
using OnlineCompiler.SessionService.Grpc;
using OnlineCompiler.SessionService.Storage;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddGrpcServer();
builder.AddSessionStore();
builder.Services.AddSessionsApi();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapSessionsApi();

app.Run();
