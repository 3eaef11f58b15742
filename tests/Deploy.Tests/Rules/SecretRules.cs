using System.Text.RegularExpressions;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Rules;

/// <summary>No secret is said plainly: not to a container, not to a function, and nowhere else in a template.</summary>
internal static partial class SecretRules
{
    public static IEnumerable<string> Violations(Template template)
    {
        foreach (var (owner, name, value) in PlainSettings(template))
        {
            if ((SecretName().IsMatch(name) && !IsNameOfSecret(name)) || IsResolved(value))
                yield return $"{owner} is told {name} plainly.";
        }

        foreach (var resource in template.Everything)
        {
            foreach (var property in (string[])["AuthToken", "SecretString", "MasterUserPassword"])
            {
                if (resource[property] is { } value && !value.ToJsonString().Contains("{{resolve:secretsmanager:", StringComparison.Ordinal))
                    yield return $"{resource.Id} has its {property} in the template.";
            }
        }
    }

    private static IEnumerable<(string Owner, string Name, string Value)> PlainSettings(Template template)
    {
        foreach (var task in template.Of("AWS::ECS::TaskDefinition"))
        {
            foreach (var container in task["ContainerDefinitions"]!.AsArray().Select(container => container!.AsObject()))
            {
                foreach (var (name, value) in Template.SettingsOf(container))
                    yield return ($"The container {container["Name"]}", name, value);
            }
        }

        foreach (var function in template.Of("AWS::Lambda::Function"))
        {
            foreach (var (name, value) in function["Environment.Variables"] as JsonObject ?? [])
                yield return ($"The function {function.Id}", name, value!.ToJsonString());
        }
    }

    // Says which secret to read, not what is in it.
    private static bool IsNameOfSecret(string name) => name.EndsWith("_SECRET", StringComparison.Ordinal);

    // CloudFormation would write what is in it where everybody reads it, whatever the setting is called.
    private static bool IsResolved(string value) => value.Contains("{{resolve:secretsmanager:", StringComparison.Ordinal) || value.Contains("{{resolve:ssm-secure:", StringComparison.Ordinal);

    [GeneratedRegex("(key|token|password|secret|connectionstrings)(_|$)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
