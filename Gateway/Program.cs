using OnlineCompiler.Gateway.Api;
using OnlineCompiler.Gateway.Mcp;
using OnlineCompiler.Gateway.Piston;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Readiness;
using OnlineCompiler.Gateway.Routing;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Storage;
using OnlineCompiler.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddGrpcPort();
builder.AddProblems();
builder.AddStorage();
builder.AddSecurity();
builder.AddApi();
builder.AddPiston();
builder.AddMcp();
builder.AddProxy();
builder.AddReadiness();

var app = builder.Build();

// The order matters: first who calls; then every answer, refusals too, leaves with its trace id, and errors as problem details.
app.UseTrustedProxies();
app.UseTraceResponse();
app.UseProblems();
app.UseProxy();
app.UseSecurity();
app.UseApi();
app.UseAgents();

app.MapDefaultEndpoints();
app.MapApi();
app.MapPiston();
app.MapAgents();
app.MapProxy();

app.Run();
