using OnlineCompiler.ServiceDefaults;
using OnlineCompiler.Web.StaticFiles;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddClientApp();

var app = builder.Build();

app.MapDefaultEndpoints();
app.UseSecurityHeaders();
app.UseClientApp();

app.Run();
