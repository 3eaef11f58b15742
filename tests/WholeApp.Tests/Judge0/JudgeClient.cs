using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Judge0;

/// <summary>Asks as Judge0's clients do, with time for a busy machine.</summary>
internal static class JudgeClient
{
    public const int Plain = 43;
    public const int Executable = 44;
    public const int Bash = 46;
    public const int C = 50;
    public const int Cpp = 54;
    public const int Python = 71;
    public const int MultiFile = 89;

    public static JsonObject Of(int languageId, string source) => new()
    {
        ["language_id"] = languageId,
        ["source_code"] = source,
        ["cpu_time_limit"] = 15,
        ["wall_time_limit"] = 20,
    };

    public static JsonObject With(this JsonObject submission, string parameter, JsonNode value)
    {
        submission[parameter] = value;
        return submission;
    }

    /// <summary>The submission when it has ended.</summary>
    public static async Task<JsonNode> RunAsync(this HttpClient http, JsonObject submission, string query = "")
    {
        using var response = await http.PostAsJsonAsync($"/judge0/submissions?wait=true&fields=*{query}", submission, TestContext.Current.CancellationToken);
        var answer = await response.ReadJsonAsync();
        Assert.True(response.IsSuccessStatusCode, answer.ToJsonString());
        return answer;
    }

    /// <summary>Fails with the whole answer when it did not end as it should.</summary>
    public static void AssertEnd(this JsonNode answer, int status, int? exitCode, string? message) =>
        Assert.True(
            (int?)answer["status"]!["id"] == status && (int?)answer["exit_code"] == exitCode && (string?)answer["message"] == message,
            answer.ToJsonString());

    public static string Zip(params (string Name, string Content)[] files)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return Convert.ToBase64String(archive.ToArray());
    }
}
