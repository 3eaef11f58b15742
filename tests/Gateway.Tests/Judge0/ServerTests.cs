using System.Text.Json.Nodes;

namespace OnlineCompiler.Gateway.Tests.Judge0;

/// <summary>What the server tells of itself, to whom, and how it says that something is not there.</summary>
public sealed class ServerTests
{
    // Without any one of them the official SDK does not start.
    private static readonly string[] ConfigKeys =
    [
        "maintenance_mode", "enable_wait_result", "enable_compiler_options", "allowed_languages_for_compile_options", "enable_command_line_arguments",
        "enable_submission_delete", "enable_callbacks", "callbacks_max_tries", "callbacks_timeout", "enable_additional_files", "max_queue_size",
        "cpu_time_limit", "max_cpu_time_limit", "cpu_extra_time", "max_cpu_extra_time", "wall_time_limit", "max_wall_time_limit", "memory_limit",
        "max_memory_limit", "stack_limit", "max_stack_limit", "max_processes_and_or_threads", "max_max_processes_and_or_threads",
        "enable_per_process_and_thread_time_limit", "allow_enable_per_process_and_thread_time_limit", "enable_per_process_and_thread_memory_limit",
        "allow_enable_per_process_and_thread_memory_limit", "max_file_size", "max_max_file_size", "number_of_runs", "max_number_of_runs",
        "redirect_stderr_to_stdout", "max_extract_size", "enable_batched_submissions", "max_submission_batch_size", "submission_cache_duration",
        "use_docs_as_homepage", "allow_enable_network", "enable_network",
    ];

    [Fact]
    public async Task The_official_SDK_starts()
    {
        await using var gateway = await JudgeServer.StartAsync();

        var languages = (await gateway.GetAsync("/judge0/languages")).AsArray();
        var config = (await gateway.GetAsync("/judge0/config_info")).AsObject();
        var about = await gateway.GetAsync("/judge0/about");

        Assert.Contains(languages, language => (int?)language!["id"] == 71 && (string?)language["name"] == "Python (3.11.2)");
        Assert.Equal(39, ConfigKeys.Length);
        Assert.Equal(ConfigKeys, config.Select(key => key.Key));
        Assert.Equal((5.0, 15.0, 128_000, 512_000, 20), ((double)config["cpu_time_limit"]!, (double)config["max_cpu_time_limit"]!, (int)config["memory_limit"]!, (int)config["max_memory_limit"]!, (int)config["max_number_of_runs"]!));
        // By any other it finds no language.
        Assert.Equal("1.13.1", (string?)about["version"]);
        Assert.Equal(["version", "homepage", "source_code", "maintainer"], about.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Languages_have_Judge0s_ids_and_the_names_of_what_runs_them()
    {
        await using var gateway = await JudgeServer.StartAsync();

        var active = (await gateway.GetAsync("/judge0/languages")).AsArray();
        var all = (await gateway.GetAsync("/judge0/languages/all")).AsArray();

        string NameOf(int id) => (string)active.Single(language => (int?)language!["id"] == id)!["name"]!;
        Assert.Equal(active.Select(language => (string)language!["name"]!).Order(StringComparer.Ordinal), active.Select(language => (string)language!["name"]!));
        // The version itself or the next one that is here, else the highest.
        Assert.Equal(("JavaScript (Node.js 20.19.2)", "JavaScript (Node.js 26.1.0)"), (NameOf(63), NameOf(102)));
        Assert.Equal(("C++ (GCC 12.2.0)", "C++ (GCC 12.2.0)", "Multi-file program"), (NameOf(52), NameOf(105), NameOf(89)));
        Assert.Equal(113, all.Count);
        Assert.DoesNotContain(active, language => (int?)language!["id"] is 1 or 70 or 73);
        Assert.Equal(
            active.Select(language => (int)language!["id"]!).Order(),
            all.Where(language => !(bool)language!["is_archived"]!).Select(language => (int)language!["id"]!).Order());
        Assert.Equal(
            """{"id":54,"name":"C\u002B\u002B (GCC 12.2.0)","is_archived":false,"source_file":"main.cpp","compile_cmd":"compile %s main.cpp","run_cmd":"run main.cpp"}""",
            (await gateway.GetAsync("/judge0/languages/54")).ToJsonString());
        Assert.Equal(
            """{"id":89,"name":"Multi-file program","is_archived":false,"source_file":null,"compile_cmd":null,"run_cmd":null}""",
            (await gateway.GetAsync("/judge0/languages/89")).ToJsonString());
    }

    [Fact]
    public async Task Statuses_are_Judge0s_fourteen()
    {
        await using var gateway = await JudgeServer.StartAsync();

        var statuses = (await gateway.GetAsync("/judge0/statuses")).AsArray();

        Assert.Equal(Enumerable.Range(1, 14), statuses.Select(status => (int)status!["id"]!));
        Assert.Equal("""{"id":11,"description":"Runtime Error (NZEC)"}""", statuses[10]!.ToJsonString());
    }

    [Fact]
    public async Task What_is_plain_text_is_so_and_what_describes_the_machine_is_flat()
    {
        await using var gateway = await JudgeServer.StartAsync();

        foreach (var path in (string[])["version", "license", "isolate"])
        {
            var response = await gateway.Http.GetAsync("/judge0/" + path, TestContext.Current.CancellationToken);
            Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
            Assert.NotEmpty(await response.BodyAsync(200));
        }

        var machine = (await gateway.GetAsync("/judge0/system_info")).AsObject();
        Assert.All(machine, member => Assert.False(string.IsNullOrEmpty((string?)member.Value)));
        Assert.Superset(new HashSet<string> { "CPU(s)", "Mem", "Swap" }, machine.Select(member => member.Key).ToHashSet());
        Assert.Equal("""[{"queue":"1.13.1","size":0,"available":1,"idle":1,"working":0,"paused":0,"failed":0}]""", (await gateway.GetAsync("/judge0/workers")).ToJsonString());
    }

    [Theory]
    [InlineData("GET", "/judge0/nothing")]
    [InlineData("GET", "/judge0/languages/9999")]
    [InlineData("GET", "/judge0/languages/many")]
    [InlineData("PUT", "/judge0/submissions")]
    public async Task What_is_not_there_is_a_bare_404(string method, string path)
    {
        await using var gateway = await JudgeServer.StartAsync();
        using var any = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Accept", "*/*" } } };
        using var json = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Accept", "application/json" } } };

        Assert.Equal("", await (await gateway.Http.SendAsync(any, TestContext.Current.CancellationToken)).BodyAsync(404));
        Assert.Equal("""{"status":404,"error":"Not Found"}""", await (await gateway.Http.SendAsync(json, TestContext.Current.CancellationToken)).BodyAsync(404));
    }

    [Fact]
    public async Task Where_tokens_were_given_out_every_call_needs_one()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"), ("Gateway:Judge0:AuthenticationTokens:0", "one"), ("Gateway:Judge0:AuthenticationTokens:1", "two"));

        Assert.Equal(401, await StatusAsync(gateway, "GET", "languages"));
        Assert.Equal(401, await StatusAsync(gateway, "GET", "config_info", ("X-Auth-Token", "three")));
        Assert.Equal(401, await StatusAsync(gateway, "POST", "submissions"));
        Assert.Equal(401, await StatusAsync(gateway, "POST", "authenticate", ("X-RapidAPI-Key", "one"), ("Authorization", "Bearer one")));
        Assert.Equal(200, await StatusAsync(gateway, "POST", "authenticate", ("X-Auth-Token", "two")));
        Assert.Equal(200, await StatusAsync(gateway, "GET", "languages?X-Auth-Token=one"));
        Assert.Equal(200, await StatusAsync(gateway, "GET", ""));
    }

    [Fact]
    public async Task Without_tokens_everyone_may_call_and_nobody_may_list_or_delete()
    {
        await using var gateway = await JudgeServer.StartAsync();

        Assert.Equal(200, await StatusAsync(gateway, "POST", "authenticate", ("X-Auth-Token", "any")));
        Assert.Equal(403, await StatusAsync(gateway, "POST", "authorize", ("X-Auth-User", "any")));
        Assert.Equal(403, await StatusAsync(gateway, "GET", "submissions", ("X-Auth-User", "")));
        Assert.Equal(403, await StatusAsync(gateway, "DELETE", "submissions/some"));
    }

    [Fact]
    public async Task Names_of_headers_may_be_others()
    {
        await using var gateway = await JudgeServer.StartAsync(
            ("Gateway:Judge0:AuthorizationHeader", "X-Admin"), ("Gateway:Judge0:AuthorizationTokens:0", "secret"));

        Assert.Equal(200, await StatusAsync(gateway, "POST", "authorize", ("X-Admin", "secret")));
        Assert.Equal(403, await StatusAsync(gateway, "POST", "authorize", ("X-Auth-User", "secret")));
    }

    [Theory]
    [InlineData("true", "https://anyone.example", "*")]
    [InlineData("false", "https://friend.example", "https://friend.example")]
    [InlineData("false", "https://anyone.example", null)]
    public async Task Pages_of_any_origin_may_call_unless_an_operator_names_some(string anyOrigin, string origin, string? allowed)
    {
        await using var gateway = await JudgeServer.StartAsync(("Gateway:Cors:Origins:0", "https://friend.example"), ("Gateway:Judge0:AnyOrigin", anyOrigin));
        using var request = new HttpRequestMessage(HttpMethod.Options, JudgeServer.Submissions);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,x-auth-token");

        var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(allowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
    }

    /// <summary>The status, after checking that a refusal has no body and is no JSON.</summary>
    private static async Task<int> StatusAsync(TestGateway gateway, string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/judge0/" + path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        if ((int)response.StatusCode is 401 or 403)
        {
            Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        return (int)response.StatusCode;
    }
}
