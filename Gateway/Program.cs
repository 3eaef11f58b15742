using OnlineCompiler.Gateway.Api;
using OnlineCompiler.Gateway.Callbacks;
using OnlineCompiler.Gateway.Judge0;
using OnlineCompiler.Gateway.Mcp;
using OnlineCompiler.Gateway.Piston;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Readiness;
using OnlineCompiler.Gateway.Routing;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Keys;
using OnlineCompiler.Gateway.Storage;
using OnlineCompiler.ServiceDefaults;

// Not the Gateway but a command of an operator's.
if (ApiKeyCommand.IsAsked(args))
    return await ApiKeyCommand.RunAsync(args);

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddGrpcPort();
builder.AddProblems();
builder.AddStorage();
builder.AddSecurity();
builder.AddApi();
builder.AddCallbacks();
builder.AddPiston();
builder.AddJudge0();
builder.AddMcp();
builder.AddProxy();
builder.AddPublicServices();
builder.AddReadiness();

var app = builder.Build();

// The order matters: first who calls; then every answer, refusals too, leaves with its trace id, and errors as problem details.
app.UseTrustedProxies();
app.UseTakenAnswers();
app.UseTraceResponse();
app.UseProblems();
app.UseProxy();
app.UseSecurity();
app.UseApi();
app.UseAgents();

app.MapDefaultEndpoints();
app.MapApi();
app.MapPiston();
app.MapJudge0();
app.MapAgents();
app.MapProxy();
app.MapPublicServices();

app.Run();
return 0;
