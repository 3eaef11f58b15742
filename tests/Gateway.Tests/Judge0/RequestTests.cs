using System.Text;
using System.Text.Json.Nodes;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Tests.Judge0;

/// <summary>How a submission may be written, and what it becomes.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task Rubbish_in_Base64_is_never_an_error()
    {
        (string Encoded, string Decoded)[] cases =
        [
            ("cHJp\nbnQo MSk=", "print(1)"), ("*cHJpbnQoMSk", "print(1)"), ("=cHJpbnQoMSk=cHJp", "print(1)"),
            ("YW", "a"), ("YWJ", "ab"), ("YWJjZ", "abc"),
        ];
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));

        foreach (var (encoded, decoded) in cases)
        {
            await gateway.SubmitAsync(JudgeServer.With(new JsonObject { ["source_code"] = encoded }.ToJsonString()), JudgeServer.Wait + "&base64_encoded=true");
            Assert.Equal(decoded, gateway.Services.Execution.LastRequest!.Files[0].Content.ToStringUtf8());
        }
    }

    [Fact]
    public async Task Only_true_itself_means_Base64()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));

        foreach (var (value, source) in ((string, string)[])[("true", "abc"), ("True", "YWJj"), ("1", "YWJj"), ("false", "YWJj")])
        {
            await gateway.SubmitAsync(JudgeServer.With("""{"source_code":"YWJj"}"""), $"{JudgeServer.Wait}&base64_encoded={value}");
            Assert.Equal(source, gateway.Services.Execution.LastRequest!.Files[0].Content.ToStringUtf8());
        }
    }

    [Fact]
    public async Task Base64_may_be_the_default_where_an_operator_wants_the_later_edition()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"), ("Gateway:Judge0:Base64ByDefault", "true"));

        var encoded = await gateway.SubmitAsync(JudgeServer.With("""{"source_code":"YWJj"}"""));
        var text = await gateway.SubmitAsync(JudgeServer.With("""{"source_code":"YWJj"}"""), JudgeServer.Wait + "&base64_encoded=false");

        Assert.Equal(("NDI=\n", "42"), ((string)encoded["stdout"]!, (string)text["stdout"]!));
    }

    [Fact]
    public async Task A_request_becomes_what_runs_it()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));

        await gateway.SubmitAsync(
            """
            {"source_code":"int main() {}","language_id":54,"stdin":"in\n","compiler_options":"-O2 '-DX=a b' $(rm) ; -g","command_line_arguments":"one \"two three\" '' fo\\ ur",
             "cpu_time_limit":2.5,"cpu_extra_time":0.5,"wall_time_limit":7,"memory_limit":2048,"max_processes_and_or_threads":7,"max_file_size":4096,"redirect_stderr_to_stdout":true}
            """);

        var request = gateway.Services.Execution.LastRequest!;
        Assert.Equal(("cpp", "12.2.0", "main.cpp"), (request.Language, request.Version, request.EntryPoint));
        Assert.Equal("in\n", request.Stdin.ToStringUtf8());
        Assert.Equal(["-O2", "-DX=a b", "(rm)", "-g"], request.CompilerArguments);
        Assert.Equal(["one", "two three", "", "fo ur"], request.Arguments);
        var limits = request.Limits;
        Assert.Equal((3_000u, 7_000u, 7u), (limits.CpuTimeLimitMs, limits.WallTimeLimitMs, limits.ProcessLimit));
        // The least that the service can hold a program to; and room for what the verdict cuts.
        Assert.Equal((4_194_304ul, 8_388_608ul), (limits.MemoryLimitBytes, limits.OutputLimitBytes));
    }

    [Fact]
    public async Task Standard_error_may_go_where_standard_output_goes()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Ran(Outcome.Succeeded, "out\n", "err\n", exitCode: 0));

        var answer = await gateway.PostAsync(JudgeServer.Wait + "&fields=stdout,stderr", JudgeServer.With("""{"redirect_stderr_to_stdout":true}"""));

        Assert.Equal("""{"stdout":"out\nerr\n","stderr":null}""", await answer.BodyAsync(201));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "source_code=print%2842%29&language_id=71&wait=true&unknown=1")]
    [InlineData("application/json", """{"source_code":"print(42)","language_id":"71","wait":"true","unknown":1}""")]
    public async Task Parameters_come_as_they_come(string mediaType, string body)
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));

        var response = await gateway.Http.PostAsync(JudgeServer.Submissions, new StringContent(body, Encoding.UTF8, mediaType), TestContext.Current.CancellationToken);

        Assert.Contains("\"status\":{\"id\":3", await response.BodyAsync(201), StringComparison.Ordinal);
        Assert.Equal("print(42)", gateway.Services.Execution.LastRequest!.Files[0].Content.ToStringUtf8());
    }

    [Fact]
    public async Task All_parameters_may_be_in_the_query()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));

        var response = await gateway.Http.PostAsync(JudgeServer.Wait + "&source_code=print(1)&language_id=71", null, TestContext.Current.CancellationToken);

        await response.BodyAsync(201);
        Assert.Equal("print(1)", gateway.Services.Execution.LastRequest!.Files[0].Content.ToStringUtf8());
    }

    [Fact]
    public async Task A_form_of_several_parts_is_one_too()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));
        using var form = new MultipartFormDataContent { { new StringContent("print(1)"), "source_code" }, { new StringContent("71"), "language_id" } };

        var response = await gateway.Http.PostAsync(JudgeServer.Wait, form, TestContext.Current.CancellationToken);

        await response.BodyAsync(201);
        Assert.Equal("print(1)", gateway.Services.Execution.LastRequest!.Files[0].Content.ToStringUtf8());
    }
}
