using OnlineCompiler.SampleAppHost;

// An application to kill: a store, a service that behaves and uses it, and one that heeds no signal.
var builder = DistributedApplication.CreateBuilder(args);

var redis = builder.AddRedis("redis").WithDataBindMount(builder.Configuration["data"]!);
var good = builder.AddProject<Sample>("good")
    .WithEnvironment("SAMPLE_CHILD", "yes")
    .WithHttpHealthCheck("/health/ready")
    .WithReference(redis)
    .WaitFor(redis);
builder.AddProject<Sample>("front").WithHttpHealthCheck("/health/ready").WithReference(good).WaitFor(good);
if (builder.Configuration["stubborn"] is not null)
    builder.AddProject<Sample>("stubborn").WithEnvironment("SAMPLE_STUBBORN", "yes").WithHttpHealthCheck("/health/ready");

builder.Build().Run();
