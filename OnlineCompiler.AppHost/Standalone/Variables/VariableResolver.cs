using Aspire.Hosting.ApplicationModel;

namespace OnlineCompiler.AppHost.Standalone.Variables;

/// <summary>Makes text of everything that was said about a resource's environment; endpoints have their ports by now.</summary>
internal static class VariableResolver
{
    public static Dictionary<string, string> Resolve(IResource resource)
    {
        var collected = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(collected);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            annotation.Callback(context);

        return collected.ToDictionary(variable => variable.Key, variable => Text(variable.Value));
    }

    private static string Text(object value) => value switch
    {
        EndpointReference endpoint => endpoint.Url,
        ParameterResource parameter => parameter.Text,
        _ => value.ToString() ?? "",
    };
}
