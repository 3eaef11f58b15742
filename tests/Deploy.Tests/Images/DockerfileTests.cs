using System.Text.RegularExpressions;
using OnlineCompiler.Deploy.Tests.Templates;
using DeployedImages = OnlineCompiler.Deploy.Data.Images;

namespace OnlineCompiler.Deploy.Tests.Images;

/// <summary>What task definitions, functions and whoever looks after the images count on, in every Dockerfile.</summary>
public sealed class DockerfileTests(SynthesizedEnvironments environments)
{
    private static string Folder => Path.Combine(Checkout.Root, "deploy", "images");

    public static TheoryData<string> All => [.. ImageList.Dockerfiles.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_image_that_an_environment_runs_is_built_here_but_the_collector()
    {
        var asked = SynthesizedEnvironments.Names.SelectMany(name => DeployedImages.Names(environments[name].Context)).Distinct().Where(name => name != DeployedImages.Collector);

        Assert.Equal(asked.Order(StringComparer.Ordinal), All.Select(row => row.Data));
    }

    [Fact]
    public void Every_Dockerfile_is_an_images_and_services_that_differ_by_their_project_share_one()
    {
        var files = Directory.EnumerateFiles(Folder, "Dockerfile", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path));

        Assert.Equal(files.Order(StringComparer.Ordinal), ImageList.Dockerfiles.Values.Distinct().Order(StringComparer.Ordinal));
        Assert.All((string[])["gateway", "session", "ai"], image => Assert.Equal("service/Dockerfile", ImageList.Dockerfiles[image]));
        Assert.All(ImageList.Projects, project => Assert.True(File.Exists(Path.Combine(Checkout.Root, project.Value, $"{project.Value}.csproj")), project.Value));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_an_image_begins_with_is_said_by_who_builds_it(string image)
    {
        var file = Read(image);
        var stages = file.Of("FROM").Select(from => Regex.Match(from, @" AS (\w+)$").Groups[1].Value).ToHashSet();
        var begun = file.Of("FROM").Select(from => from.Split(' ').First(word => !word.StartsWith("--", StringComparison.Ordinal))).ToList();
        var arguments = file.Lines.TakeWhile(line => line.Keyword != "FROM").Where(line => line.Keyword == "ARG").Select(line => line.Text).ToList();

        // Without a default: what is not pinned is not built.
        Assert.All(arguments, argument => Assert.Matches("^[A-Z]+_IMAGE$", argument));
        Assert.All(begun, from => Assert.True(from == "scratch" || stages.Contains(from) || arguments.Contains(from.Trim('$', '{', '}')), from));
        Assert.All(file.Of("COPY").Concat(file.Of("ADD")), copy => Assert.DoesNotContain("://", copy, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Only_what_makes_sandboxes_runs_as_root(string image)
    {
        var users = Read(image).Last.Where(line => line.Keyword == "USER").Select(line => line.Text);

        Assert.Equal([image == "execution" ? "root" : "1654:1654"], users);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_one_place_that_is_written_to_is_a_volume_and_comes_after_all_files(string image)
    {
        var last = Read(image).Last.ToList();

        Assert.Equal("/tmp", Assert.Single(last, line => line.Keyword == "VOLUME").Text);
        Assert.True(last.FindLastIndex(line => line.Keyword is "COPY" or "RUN") < last.FindIndex(line => line.Keyword == "VOLUME"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_is_asked_how_it_is_as_its_task_definition_asks(string image)
    {
        var health = Assert.Single(Read(image).Last, line => line.Keyword == "HEALTHCHECK").Text;

        var asked = Regex.Match(health, @"http://localhost:8080/health/\w+").Value;
        var checks = SynthesizedEnvironments.Names.Select(name => environments[name]).Where(template => template.Of("AWS::ECS::Service").Any(service => service.Text("ServiceName") == image))
            .Select(template => (string)template.ContainerOf(image)["HealthCheck"]!["Command"]![1]!).ToList();
        Assert.NotEmpty(asked);
        Assert.All(checks, check => Assert.Contains(asked, check, StringComparison.Ordinal));
        Assert.True(checks.Count > 0 || image == "function");
        Assert.Contains("curl", string.Join(' ', Read(image).Of("RUN")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_says_what_it_is_and_of_what_it_is_made(string image)
    {
        var file = Read(image);
        var labels = string.Join(' ', file.Last.Where(line => line.Keyword == "LABEL").Select(line => line.Text));

        Assert.All((string[])["title", "description", "version", "revision", "created"], label => Assert.Contains($"org.opencontainers.image.{label}=", labels, StringComparison.Ordinal));
        Assert.Contains(file.Last, line => line is { Keyword: "COPY", Text: "--from=bill /bill /usr/share/sbom" });
        Assert.Contains(file.Of("FROM"), from => from == "scratch AS sbom");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Its_process_is_told_to_stop_itself_and_not_by_way_of_a_shell(string image)
    {
        var last = Read(image).Last.ToList();

        Assert.StartsWith("[\"/", Assert.Single(last, line => line.Keyword == "ENTRYPOINT").Text, StringComparison.Ordinal);
        Assert.DoesNotContain(last, line => line.Keyword == "CMD");
        Assert.Equal("SIGTERM", Assert.Single(last, line => line.Keyword == "STOPSIGNAL").Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_secret_is_built_in(string image) =>
        Assert.DoesNotMatch("(?i)(api_?key|password|token|secret)\\w*=", string.Join('\n', Read(image).Lines.Where(line => line.Keyword is "ARG" or "ENV").Select(line => line.Text)));

    [Theory]
    [MemberData(nameof(All))]
    public void All_that_is_copied_is_in_the_builders_sight(string image)
    {
        var seen = File.ReadAllLines(Path.Combine(Checkout.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();

        Assert.All(Read(image).Of("COPY").Where(copy => !copy.StartsWith("--from", StringComparison.Ordinal)).SelectMany(copy => copy.Split(' ')[..^1]), source =>
        {
            Assert.True(source == "." || seen.Any(each => source == each || source.StartsWith($"{each}/", StringComparison.Ordinal)), source);
            Assert.True(Path.Exists(Path.Combine(Checkout.Root, source)), source);
        });
    }

    private static Dockerfile Read(string image) => Dockerfile.Parse(File.ReadAllText(Path.Combine(Folder, ImageList.Dockerfiles[image])));
}
