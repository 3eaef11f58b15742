using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OnlineCompiler.Deploy.Tests.Images;

/// <summary><c>deploy/images/push.sh</c> in a checkout of its own, with commands that only write down how they are called.</summary>
public sealed class PushTests : IDisposable
{
    private static readonly string _digest = new('a', 64);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onlinecompiler-push-");
    private readonly string _commit;

    public PushTests()
    {
        foreach (var command in (string[])["aws", "docker"])
        {
            var path = Path.Combine(_folder.FullName, "bin", command);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Of images it says those that the test has put there; a registry's password is read as it would be.
            File.WriteAllText(path, $$"""
                #!/usr/bin/env bash
                echo "{{command}} $*" >> '{{Calls}}'
                if [[ $* == *batch-get-image* ]]; then
                  for image in $THERE; do [[ $* != *"/$image "* ]] || sed 's/.*imageTag=//; s/ .*//' <<<"$*"; done
                fi
                [[ $* != *get-login-password* ]] || echo password
                [[ $* != "buildx inspect"* ]] || exit 1
                [[ $* != login* ]] || cat > /dev/null
                """);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        foreach (var kind in (string[])["environments", "images"])
            CopyFolder(Path.Combine(Checkout.Root, "deploy", kind), Path.Combine(Deploy, kind));
        // Pinned by the tests that want it, and as they want it.
        File.Delete(Lock);
        Git("init", "--quiet");
        Git("add", "--all");
        Git("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "All of it");
        _commit = Git("rev-parse", "HEAD").Trim();
    }

    private string Calls => Path.Combine(_folder.FullName, "calls");

    private string Deploy => Path.Combine(_folder.FullName, "checkout", "deploy");

    private string Lock => Path.Combine(Deploy, "images", "bases.lock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("staging", "111111111111", "gateway:arm64 session:arm64 ai:arm64 execution:amd64")]
    [InlineData("serverless", "444444444444", "function:arm64 execution:amd64")]
    public void What_an_environment_runs_is_built_for_its_processor_and_pushed(string environment, string account, string expected)
    {
        PinAll();

        var (status, output, calls) = Run("", environment, _commit);

        Assert.True(status == 0, output);
        var registry = $"{account}.dkr.ecr.eu-central-1.amazonaws.com";
        var pushed = calls.Where(call => call.Contains("push=true", StringComparison.Ordinal)).ToList();
        Assert.Equal(expected.Split(' ').Select(image => $"{registry}/onlinecompiler-{environment}/{image.Split(':')[0]}:{_commit} linux/{image.Split(':')[1]}"),
            pushed.Select(call => $"{After(call, "name=", ',')} {After(call, "--platform ", ' ')}"));
        Assert.All(pushed, call => Assert.Contains("rewrite-timestamp=true", call, StringComparison.Ordinal));
        Assert.All(calls.Where(call => call.StartsWith("docker buildx build", StringComparison.Ordinal)), call =>
        {
            Assert.Contains($"--build-arg REVISION={_commit} ", call, StringComparison.Ordinal);
            var image = Regex.Match(call, @"/(\w+):[0-9a-f]{40}").Groups[1].Value;
            // Services that share a Dockerfile are told apart by what it is told.
            if (ImageList.Projects.TryGetValue(image, out var project))
                Assert.Contains($"--build-arg SERVICE={image} --build-arg PROJECT={project} ", call, StringComparison.Ordinal);
            Assert.Contains($"BASE_IMAGE=docker.io/library/debian:bookworm-slim@sha256:{_digest} ", call, StringComparison.Ordinal);
        });
        Assert.Single(calls, call => call == $"docker buildx create --name onlinecompiler --driver docker-container --driver-opt image=docker.io/moby/buildkit:buildx-stable-1@sha256:{_digest}");
        // What each is made of is taken out beside it.
        Assert.Equal(pushed.Count, calls.Count(call => call.Contains("--target sbom --output type=local,dest=sbom", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_there_is_not_built_again()
    {
        PinAll();

        var (status, output, calls) = Run("gateway session execution", "staging", _commit);

        Assert.True(status == 0, output);
        Assert.EndsWith($"/ai:{_commit}", After(Assert.Single(calls, call => call.Contains("push=true", StringComparison.Ordinal)), "name=", ','), StringComparison.Ordinal);
    }

    [Fact]
    public void To_go_back_to_images_that_are_there_nothing_is_built_and_nothing_need_be_checked_out()
    {
        var (status, output, calls) = Run("gateway session ai execution", "staging", new string('b', 40));

        Assert.True(status == 0, output);
        Assert.Equal(4, calls.Length);
        Assert.DoesNotContain(calls, call => call.StartsWith("docker", StringComparison.Ordinal));
    }

    [Fact]
    public void A_base_that_is_not_pinned_is_not_built_upon()
    {
        var (status, output, calls) = Run("", "staging", _commit);

        Assert.Equal(1, status);
        Assert.Contains("BASE_IMAGE is not pinned: run deploy/images/pin.sh", output, StringComparison.Ordinal);
        Assert.DoesNotContain(calls, call => call.StartsWith("docker buildx", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("staging", "NODE_IMAGE")]
    [InlineData("staging", "BUILDKIT_IMAGE")]
    [InlineData("serverless", "ADAPTER_IMAGE")]
    public void Not_even_one_base_may_be_a_tag_that_moves(string environment, string name)
    {
        PinAll();
        File.WriteAllLines(Lock, File.ReadAllLines(Lock).Select(line => line.StartsWith(name, StringComparison.Ordinal) ? line.Split('@')[0] : line));

        var (status, output, calls) = Run("", environment, _commit);

        Assert.Equal(1, status);
        Assert.Contains($"{name} is not pinned: run deploy/images/pin.sh", output, StringComparison.Ordinal);
        Assert.DoesNotContain(calls, call => call.Contains("push=true", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_checked_out_must_be_what_the_tag_says()
    {
        PinAll();

        var other = Run("", "staging", new string('b', 40));
        File.AppendAllText(Path.Combine(Deploy, "images", "service", "Dockerfile"), "# changed\n");
        var changed = Run("", "staging", _commit);

        Assert.Equal((1, 1), (other.Status, changed.Status));
        Assert.Contains("is not bbbb", other.Output, StringComparison.Ordinal);
        Assert.Contains("has changes", changed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_environment_that_is_not_there_is_said()
    {
        var (status, output, calls) = Run("", "elsewhere", _commit);

        Assert.Equal(1, status);
        Assert.Contains("no environment \"elsewhere\"", output, StringComparison.Ordinal);
        Assert.Empty(calls);
    }

    [Fact]
    public void Bases_are_pinned_by_what_the_registries_say()
    {
        LetDockerSay($"sha256:{_digest}");

        var (status, output, calls) = RunScript("pin.sh", "");

        Assert.True(status == 0, output);
        Assert.Equal(5, calls.Length);
        string[] expected = ["ADAPTER_IMAGE", "BASE_IMAGE", "BUILDKIT_IMAGE", "NODE_IMAGE", "SDK_IMAGE"];
        Assert.Equal(expected, File.ReadLines(Lock).Where(line => !line.StartsWith('#')).Select(line => line.Split('=')[0]));
        Assert.All(File.ReadLines(Lock).Where(line => !line.StartsWith('#')), line => Assert.EndsWith($"@sha256:{_digest}", line, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_registry_says_that_is_no_digest_is_refused_and_the_bases_stay_as_they_were()
    {
        PinAll();
        var before = File.ReadAllText(Lock);
        LetDockerSay("<no value>");

        var (status, output, _) = RunScript("pin.sh", "");

        Assert.Equal(1, status);
        Assert.Contains("\"<no value>\" is no digest", output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Lock));
        Assert.False(File.Exists($"{Lock}.new"));
    }

    private void LetDockerSay(string answer)
    {
        var docker = Path.Combine(_folder.FullName, "bin", "docker");
        File.Delete(docker);
        File.WriteAllText(docker, $"#!/usr/bin/env bash\necho \"docker $*\" >> '{Calls}'\necho '{answer}'\n");
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private void PinAll() => File.WriteAllText(Lock, $"""
        ADAPTER_IMAGE=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.1@sha256:{_digest}
        BUILDKIT_IMAGE=docker.io/moby/buildkit:buildx-stable-1@sha256:{_digest}
        BASE_IMAGE=docker.io/library/debian:bookworm-slim@sha256:{_digest}
        NODE_IMAGE=docker.io/library/node:22-bookworm-slim@sha256:{_digest}
        SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0@sha256:{_digest}
        """);

    private (int Status, string Output, string[] Calls) Run(string there, params string[] arguments) => RunScript("push.sh", there, arguments);

    private (int Status, string Output, string[] Calls) RunScript(string script, string there, params string[] arguments)
    {
        File.Delete(Calls);
        var start = new ProcessStartInfo("bash", [Path.Combine(Deploy, "images", script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{Path.Combine(_folder.FullName, "bin")}:{System.Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["THERE"] = there;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, output, File.Exists(Calls) ? File.ReadAllLines(Calls) : []);
    }

    private string Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", ["-C", Path.Combine(_folder.FullName, "checkout"), .. arguments]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static string After(string text, string mark, char end)
    {
        var rest = text[(text.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
        return rest.Split(end)[0];
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(path => !path.Contains("/sbom/", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy, overwrite: true);
        }
    }
}
