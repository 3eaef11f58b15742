using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using OnlineCompiler.AppHost.Standalone.Variables;

namespace Aspire.Hosting;

/// <summary>A project that may be added to the application.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }
}

/// <summary>A project of which the build said where its program is.</summary>
public interface IBuiltProjectMetadata : IProjectMetadata
{
    string AssemblyPath { get; }
}

public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project, with the endpoints and variables of its launch profile.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        if (new TProject() is not IBuiltProjectMetadata project)
            throw new DistributedApplicationException($"The project \"{typeof(TProject).Name}\" does not say where its program is.");

        var resource = new ProjectResource(name);
        var profile = LaunchProfile.Find(project.ProjectPath, builder.Configuration["DOTNET_LAUNCH_PROFILE"]);
        foreach (var url in profile?.ApplicationUrls ?? [])
            resource.Annotations.Add(new EndpointAnnotation(url.Scheme, url.Scheme) { Port = url.Port, TargetHost = url.Host });

        resource.Annotations.Add(new EnvironmentCallbackAnnotation(context => ProjectEnvironment.AddDefaults(context, resource, profile, builder.Environment)));
        resource.Annotations.Add(new ProcessAnnotation(_ => ProjectEnvironment.PlanProcess(resource, project)));
        return builder.AddResource(resource).WithAnnotation(project);
    }
}
