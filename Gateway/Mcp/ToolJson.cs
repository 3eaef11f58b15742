using System.Text.Json;
using System.Text.Json.Serialization;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Mcp;

/// <summary>JSON of tools: as in the native API, but a member that a model made up is ignored, not refused.</summary>
internal static class ToolJson
{
    public static readonly JsonSerializerOptions Options = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiJson.Configure(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
