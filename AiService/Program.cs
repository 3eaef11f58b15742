using OnlineCompiler.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddGrpcServer();

var app = builder.Build();

app.MapDefaultEndpoints();

app.Run();
