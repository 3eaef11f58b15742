using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Services;

namespace OnlineCompiler.Deploy.Monitoring;

/// <summary>
/// What one asks the logs first. They hold no program, input or key, only what the services say of them. A container writes warnings and
/// worse to its own log, as JSON of .NET's console; all from information up lies in the log of the services, as the collector writes it.
/// </summary>
internal static class SavedQueries
{
    public static void Add(Stack stack, DeployEnvironment environment)
    {
        Save(stack, environment, "errors", "fields @timestamp, Category, Message, Exception | filter LogLevel in ['Error', 'Critical'] | sort @timestamp desc | limit 100");
        Save(stack, environment, "warnings-by-kind", "filter LogLevel = 'Warning' | stats count(*) as times by Category, EventId | sort times desc");
        Save(stack, environment, "sandbox", "fields @timestamp, Message, Exception | filter Category like /Sandbox/ | sort @timestamp desc | limit 100");
        // In both forms: a function has no collector.
        Save(stack, environment, "one-trace", "fields @timestamp, @log, coalesce(body, Message) as text, coalesce(severity_text, LogLevel) as level | filter @message like /PUT-THE-TRACE-ID-HERE/ | sort @timestamp", Collector.ServicesLog(environment));
        Save(stack, environment, "traces-with-errors", "filter severity_number >= 17 and ispresent(trace_id) | stats count(*) as errors, earliest(body) as first by trace_id | sort errors desc | limit 50", Collector.ServicesLog(environment));
    }

    private static void Save(Stack stack, DeployEnvironment environment, string name, string query, params string[] further) => _ = new CfnQueryDefinition(stack, $"query-{name}", new CfnQueryDefinitionProps
    {
        Name = $"onlinecompiler-{environment.Name}/{name}",
        QueryString = query,
        LogGroupNames = [.. ServiceModels.Containers.Select(service => ServiceTasks.LogOf(environment, service.Name)), .. further],
    });
}
