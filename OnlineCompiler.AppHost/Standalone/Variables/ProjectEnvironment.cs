using System.Runtime.InteropServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using OnlineCompiler.AppHost.Standalone.Processes;

namespace OnlineCompiler.AppHost.Standalone.Variables;

/// <summary>What every project is started with.</summary>
internal static class ProjectEnvironment
{
    /// <summary>
    /// Telemetry's names, where to listen, and the launch profile's variables. No address for telemetry: nothing here
    /// receives it. One in our own environment is passed on like everything else there.
    /// </summary>
    public static void AddDefaults(EnvironmentCallbackContext context, ProjectResource project, LaunchProfile? profile, IHostEnvironment host)
    {
        var variables = context.EnvironmentVariables;
        variables["OTEL_SERVICE_NAME"] = project.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Guid.NewGuid().ToString("N")[..8]}";
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        if (host.IsDevelopment())
        {
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }

        AddUrls(variables, project);
        if (profile is null)
            return;

        variables.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);
        foreach (var (name, value) in profile.Variables)
            variables.TryAdd(name, value);
    }

    /// <summary>Runs what the build made, in the project's folder, as <c>dotnet run</c> does.</summary>
    public static ProcessPlan PlanProcess(ProjectResource project, IBuiltProjectMetadata metadata)
    {
        if (!File.Exists(metadata.AssemblyPath))
            throw new DistributedApplicationException($"\"{project.Name}\" is not built: there is no {metadata.AssemblyPath}");

        return new ProcessPlan(
            DotnetHost, [metadata.AssemblyPath], Path.GetDirectoryName(metadata.ProjectPath)!, VariableResolver.Resolve(project));
    }

    /// <summary>The host of the runtime that runs us, three folders above it.</summary>
    private static string DotnetHost => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static void AddUrls(Dictionary<string, object> variables, ProjectResource project)
    {
        var endpoints = project.Annotations.OfType<EndpointAnnotation>()
            .Where(endpoint => endpoint.IsHttp && endpoint.PortVariable is null)
            .Select(endpoint => new EndpointReference(project, endpoint.Name))
            .ToList();
        if (endpoints.Count > 0)
            variables["ASPNETCORE_URLS"] = string.Join(';', endpoints.Select(endpoint => endpoint.Url));
        if (endpoints.FirstOrDefault(endpoint => endpoint.Scheme == "https") is { } https)
            variables["ASPNETCORE_HTTPS_PORT"] = ReferenceEnvironment.Number(https.Port);
    }
}
