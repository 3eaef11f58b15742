using OnlineCompiler.AppHost;

// The architecture, top to bottom: store, services, web, and the one door in front of them.
//   --port N     where the Gateway listens (default: its launch profile, 8080)
//   --data DIR   where Redis keeps its files (default: a volume), and compilations are kept (default: temporary files)
var builder = DistributedApplication.CreateBuilder(args);

var redis = builder.AddRedis("redis")
    .WithPersistence()
    .WithDataIn(builder.Configuration["data"]);

var session = builder.AddProject<Projects.SessionService>("session")
    .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT")
    .WithHttpHealthCheck("/health/ready")
    .WithReference(redis)
    .WaitFor(redis);

var execution = builder.AddProject<Projects.ExecutionService>("execution")
    .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT")
    .WithHttpHealthCheck("/health/ready")
    .WithCompilationsIn(builder.Configuration["data"])
    // Whoever stops this wants it stopped.
    .WithEnvironment("Execution__DrainTimeout", "00:00:01")
    // For submissions. It does not wait: programs run without, and submissions go on when it is there.
    .WithReference(redis);

var ai = builder.AddProject<Projects.AiService>("ai")
    .WithHttpEndpoint(name: "grpc", env: "GRPC_PORT")
    .WithHttpHealthCheck("/health/ready")
    .WithChatModel(builder.Configuration.GetSection("Ai"))
    .WithReference(execution)
    .WaitFor(execution);

var web = builder.AddProject<Projects.Web>("web")
    .WithHttpHealthCheck("/health/ready");

builder.AddProject<Projects.Gateway>("gateway")
    .WithPublicPort(builder.Configuration["port"])
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health/ready")
    .WithReference(execution)
    .WithReference(session)
    .WithReference(ai)
    .WithReference(web)
    // For what several Gateways share. It does not wait: programs run without.
    .WithReference(redis)
    // Running a program needs nothing else; sessions and AI may come, and go, later.
    .WaitFor(execution);

builder.Build().Run();
