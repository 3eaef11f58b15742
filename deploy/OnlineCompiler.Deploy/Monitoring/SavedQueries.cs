using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Services;

namespace OnlineCompiler.Deploy.Monitoring;

/// <summary>What one asks the logs first. They hold no program, input or key, only what the services say of them.</summary>
internal static class SavedQueries
{
    public static void Add(Stack stack, DeployEnvironment environment)
    {
        Save(stack, environment, "errors", "fields @timestamp, Category, Message, Exception | filter LogLevel in ['Error', 'Critical'] | sort @timestamp desc | limit 100");
        Save(stack, environment, "warnings-by-kind", "filter LogLevel = 'Warning' | stats count(*) as times by Category, EventId | sort times desc");
        Save(stack, environment, "one-trace", "fields @timestamp, @log, Category, Message | filter @message like /PUT-THE-TRACE-ID-HERE/ | sort @timestamp");
        Save(stack, environment, "sandbox", "fields @timestamp, Message, Exception | filter Category like /Sandbox/ | sort @timestamp desc | limit 100");
    }

    private static void Save(Stack stack, DeployEnvironment environment, string name, string query) => _ = new CfnQueryDefinition(stack, $"query-{name}", new CfnQueryDefinitionProps
    {
        Name = $"onlinecompiler-{environment.Name}/{name}",
        QueryString = query,
        LogGroupNames = [.. ServiceModels.Containers.Select(service => ServiceTasks.LogOf(environment, service.Name))],
    });
}
