using System.Net;
using System.Net.Sockets;
using System.Text;
using StackExchange.Redis;

namespace OnlineCompiler.AppHost.Tests.Standalone;

public sealed class RedisTests
{
    [Fact]
    public async Task Redis_answers_those_who_know_its_password_and_no_one_else()
    {
        await using var application = await SampleApplication.StartAsync(builder => builder.AddRedis("redis"));
        await application.WaitUntilHealthyAsync("redis");

        await using (var known = await ConnectAsync(application))
            Assert.True(await known.GetDatabase().PingAsync() > TimeSpan.Zero);
        Assert.StartsWith("-NOAUTH", await SayAsync(application, "PING"), StringComparison.Ordinal);
        Assert.StartsWith("-WRONGPASS", await SayAsync(application, "AUTH guess"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redis_listens_on_loopback_only_and_its_password_is_on_no_command_line()
    {
        await using var application = await SampleApplication.StartAsync(builder => builder.AddRedis("redis"));
        var process = Processes.IdOf(await application.WaitUntilHealthyAsync("redis"));

        var port = application.App.GetEndpoint("redis").Port;
        var listening = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == port);
        Assert.All(listening, listener => Assert.True(IPAddress.IsLoopback(listener.Address), $"{listener}"));
        var connection = await application.App.GetConnectionStringAsync("redis", TestContext.Current.CancellationToken);
        var password = ConfigurationOptions.Parse(connection!).Password!;
        Assert.DoesNotContain(password, await File.ReadAllTextAsync($"/proc/{process}/cmdline", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_is_there_after_a_restart_with_the_same_folder()
    {
        var folder = Directory.CreateTempSubdirectory("apphost-tests-").FullName;
        await using (var before = await SampleApplication.StartAsync(builder => builder.AddRedis("redis").WithPersistence().WithDataBindMount(folder)))
        {
            await before.WaitUntilHealthyAsync("redis");
            await using var connection = await ConnectAsync(before);
            await connection.GetDatabase().StringSetAsync("kept", "yes");
        }

        await using (var after = await SampleApplication.StartAsync(builder => builder.AddRedis("redis").WithPersistence().WithDataBindMount(folder)))
        {
            await after.WaitUntilHealthyAsync("redis");
            await using var connection = await ConnectAsync(after);
            Assert.Equal("yes", await connection.GetDatabase().StringGetAsync("kept"));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_folder_serves_one_application_at_a_time()
    {
        var folder = Directory.CreateTempSubdirectory("apphost-tests-").FullName;
        await using (var first = await SampleApplication.StartAsync(builder => builder.AddRedis("redis").WithDataBindMount(folder)))
        {
            await first.WaitUntilHealthyAsync("redis");
            await using var second = await SampleApplication.StartAsync(builder => builder.AddRedis("redis").WithDataBindMount(folder));
            var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => second.WaitUntilHealthyAsync("redis"));
            Assert.Contains($"{folder} is in use by another application", error.Message, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_volume_of_a_test_goes_with_it()
    {
        string folder;
        await using (var application = await SampleApplication.StartAsync(builder => builder.AddRedis("redis").WithPersistence().WithDataVolume()))
        {
            var process = Processes.IdOf(await application.WaitUntilHealthyAsync("redis"));
            folder = new FileInfo($"/proc/{process}/cwd").LinkTarget!;
            Assert.True(Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(folder));
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(SampleApplication application) =>
        await ConnectionMultiplexer.ConnectAsync((await application.App.GetConnectionStringAsync("redis", TestContext.Current.CancellationToken))!);

    private static async Task<string?> SayAsync(SampleApplication application, string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, application.App.GetEndpoint("redis").Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken);
    }
}
