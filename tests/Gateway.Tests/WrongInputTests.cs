using System.Net;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace OnlineCompiler.Gateway.Tests;

public sealed class WrongInputTests
{
    private const string Path = "/api/v1/executions";
    private const string Smallest = """{"language":"python","files":[{"path":"main.py","content":"x"}]}""";

    [Theory]
    [InlineData("{}", "language", "Required.")]
    [InlineData("{}", "files", "Required.")]
    [InlineData("""{"language":"python","files":[]}""", "files", "At least one file is needed.")]
    [InlineData("""{"language":"python","files":[{"content":"x"}]}""", "files[0].path", "Required.")]
    [InlineData("""{"language":"python","files":[{"path":"a","content":"x"},{"path":"b"}]}""", "files[1].content", "Required.")]
    [InlineData("""{"language":"python","files":[null]}""", "files[0].path", "Required.")]
    [InlineData("""{"language":"p","files":[{"path":"a","content":""}],"arguments":["a",null]}""", "arguments[1]", "Must not be null.")]
    [InlineData("""{"language":"p","files":[{"path":"a","content":""}],"environment":{"A":null}}""", "environment.A", "Must not be null.")]
    [InlineData("""{"language":"p","files":[{"path":"a","content":""}],"limits":{"wallTimeMs":0}}""", "limits.wallTimeMs", "Leave it out for the default; 0 is not a limit.")]
    public async Task What_is_missing_is_named(string body, string field, string message)
    {
        await using var gateway = await TestGateway.StartAsync();

        var problem = await (await gateway.PostAsync(Path, body)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");

        Assert.Equal([message], problem.Messages(field));
        Assert.Equal(0, gateway.Services.Execution.ExecuteCalls);
    }

    [Theory]
    [InlineData("""{"language":3}""", "language", "Expected a string.")]
    [InlineData("""{"files":{}}""", "files", "Expected an array, each element an object.")]
    [InlineData("""{"files":[{"content":5}]}""", "files[0].content", "Expected a string, or an object {\"base64\": \"…\"} of valid Base64.")]
    [InlineData("""{"stdin":{"base64":"%%%"}}""", "stdin", "Expected a string, or an object {\"base64\": \"…\"} of valid Base64.")]
    [InlineData("""{"stdin":{"base32":"AA"}}""", "stdin", "Expected a string, or an object {\"base64\": \"…\"} of valid Base64.")]
    [InlineData("""{"limits":{"wallTimeMs":"2000"}}""", "limits.wallTimeMs", "Expected a whole number from 0 to 4294967295.")]
    [InlineData("""{"limits":{"wallTimeMs":-1}}""", "limits.wallTimeMs", "Expected a whole number from 0 to 4294967295.")]
    [InlineData("""{"limits":{"memoryBytes":1.5}}""", "limits.memoryBytes", "Expected a whole number from 0 to 18446744073709551615.")]
    [InlineData("""{"environment":{"A":1}}""", "environment.A", "Expected a string.")]
    [InlineData("""{"arguments":"-v"}""", "arguments", "Expected an array, each element a string.")]
    [InlineData("""{"langauge":"python"}""", "langauge", "Unknown member; known here: language, version, files, entryPoint, compilerArguments, arguments, environment, stdin, limits, collect.")]
    [InlineData("""{"files":[{"name":"x"}]}""", "files[0].name", "Unknown member; known here: path, content.")]
    [InlineData("""{"Language":"python"}""", "Language", "Unknown member; known here: language, version, files, entryPoint, compilerArguments, arguments, environment, stdin, limits, collect.")]
    [InlineData("""{"language":"a","language":"b"}""", "language", "The member appears twice.")]
    [InlineData("[]", "body", "Expected an object.")]
    public async Task What_has_the_wrong_shape_is_named_with_what_was_expected(string body, string field, string message)
    {
        await using var gateway = await TestGateway.StartAsync();

        var problem = await (await gateway.PostAsync(Path, body)).ProblemAsync(HttpStatusCode.BadRequest, "malformed-json");

        Assert.Equal([message], problem.Messages(field));
    }

    [Fact]
    public async Task Text_that_is_not_JSON_is_refused_with_its_place()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.PostAsync(Path, "{\n  \"language\": python\n}");
        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "malformed-json");

        Assert.Equal(2, (int?)problem["line"]);
        Assert.Equal(15, (int?)problem["bytePositionInLine"]);
        Assert.StartsWith("Not valid JSON: 'p' is an invalid start of a value.", problem.Messages("language").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_missing_body_is_refused(string body)
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.PostAsync(Path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("parameter", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_refused_with_the_limit(bool lengthKnown)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Path);
        request.Content = new StringContent("{\"language\":\"" + new string('x', 12 * 1024 * 1024) + "\"}", Encoding.UTF8, "application/json");
        // Asking first keeps the client from writing into a connection that is being closed.
        request.Headers.ExpectContinue = true;
        request.Headers.TransferEncodingChunked = !lengthKnown;

        var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var problem = await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        Assert.Equal("At most 12582912 bytes.", (string?)problem["detail"]);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_of_another_type_is_refused(string type)
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.Http.PostAsync(Path, new StringContent(Smallest, Encoding.UTF8, type), TestContext.Current.CancellationToken);

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api")]
    [InlineData("/api/v7/languages")]
    [InlineData("/api/v1/sessions/a/b")]
    public async Task An_unknown_path_under_api_is_not_found(string path)
    {
        await using var gateway = await TestGateway.StartAsync();

        await (await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken)).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/languages", "GET")]
    [InlineData("GET", "/api/v1/executions", "POST")]
    [InlineData("POST", "/api/v1/sessions/some", "DELETE, GET, PATCH, PUT")]
    [InlineData("POST", "/api/v1/executions/connect", "GET")]
    public async Task A_wrong_method_names_the_right_ones(string method, string path, string allowed)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        await response.ProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("language", "language")]
    [InlineData("files[0].path", "files[0].path")]
    [InlineData("compiler_arguments[2]", "compilerArguments[2]")]
    [InlineData("entry_point", "entryPoint")]
    [InlineData("limits.wall_time_limit_ms", "limits.wallTimeMs")]
    [InlineData("limits.cpu_time_limit_ms", "limits.cpuTimeMs")]
    [InlineData("limits.memory_limit_bytes", "limits.memoryBytes")]
    [InlineData("limits.process_limit", "limits.processes")]
    [InlineData("limits.output_limit_bytes", "limits.outputBytes")]
    [InlineData("limits.workspace_limit_bytes", "limits.workspaceBytes")]
    [InlineData("limits.compile_wall_time_limit_ms", "limits.compileWallTimeMs")]
    [InlineData("limits.compile_memory_limit_bytes", "limits.compileMemoryBytes")]
    public async Task What_the_service_refuses_is_named_as_in_the_body(string field, string member)
    {
        await using var gateway = await TestGateway.StartAsync();
        var violations = new BadRequest
        {
            FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = "unknown language \"pyton\"; did you mean python?" } },
        };
        Fail(gateway, Code.InvalidArgument, "wrong", violations);

        var problem = await (await gateway.PostAsync(Path, Smallest)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");

        Assert.Equal(["unknown language \"pyton\"; did you mean python?"], problem.Messages(member));
        Assert.Contains("did you mean python?", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_queue_says_when_to_come_back()
    {
        await using var gateway = await TestGateway.StartAsync();
        Fail(gateway, Code.ResourceExhausted, "the queue is full", new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(2.5)) });

        var response = await gateway.PostAsync(Path, Smallest);

        await response.ProblemAsync(HttpStatusCode.TooManyRequests, "busy");
        Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("LANGUAGE_NOT_INSTALLED", HttpStatusCode.UnprocessableEntity, "language-not-installed")]
    [InlineData("SANDBOX_UNAVAILABLE", HttpStatusCode.ServiceUnavailable, "sandbox-unavailable")]
    public async Task What_an_operator_must_do_is_said(string type, HttpStatusCode status, string name)
    {
        await using var gateway = await TestGateway.StartAsync();
        var failure = new PreconditionFailure { Violations = { new PreconditionFailure.Types.Violation { Type = type, Subject = "x" } } };
        Fail(gateway, Code.FailedPrecondition, "install it with: apt-get install x", failure);

        var problem = await (await gateway.PostAsync(Path, Smallest)).ProblemAsync(status, name);

        Assert.Equal("install it with: apt-get install x", (string?)problem["detail"]);
    }

    [Theory]
    [InlineData(StatusCode.Internal, HttpStatusCode.InternalServerError, "internal-error")]
    [InlineData(StatusCode.Unknown, HttpStatusCode.InternalServerError, "internal-error")]
    [InlineData(StatusCode.DeadlineExceeded, HttpStatusCode.GatewayTimeout, "timeout")]
    [InlineData(StatusCode.Unimplemented, HttpStatusCode.NotImplemented, "not-available")]
    public async Task What_went_wrong_with_us_stays_with_us(StatusCode code, HttpStatusCode status, string name)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnExecute = _ => throw new RpcException(new Grpc.Core.Status(code, "/secret/path leaked"));

        var response = await gateway.PostAsync(Path, Smallest);

        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await response.ProblemAsync(status, name);
    }

    [Fact]
    public async Task A_service_that_is_gone_is_unavailable_for_now()
    {
        await using var gateway = await TestGateway.StartAsync(("services:execution:grpc:0", "http://127.0.0.1:1"));

        var response = await gateway.PostAsync(Path, Smallest);

        var problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "service-unavailable");
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
        Assert.DoesNotContain("127.0.0.1", problem.ToJsonString(), StringComparison.Ordinal);
    }

    private static void Fail<T>(TestGateway gateway, Code code, string message, T detail)
        where T : Google.Protobuf.IMessage =>
        gateway.Services.Execution.OnExecute = _ =>
            throw new Google.Rpc.Status { Code = (int)code, Message = message, Details = { Any.Pack(detail) } }.ToRpcException();
}
