using OnlineCompiler.AiService.Assistance;
using OnlineCompiler.AiService.Grpc;
using OnlineCompiler.AiService.Models;
using OnlineCompiler.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddGrpcServer();
builder.Services.AddChatModel();
builder.Services.AddAssistance();
builder.Services.AddAssistantApi();

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapAssistantApi();

app.Run();
