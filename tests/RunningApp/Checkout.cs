namespace OnlineCompiler.Tests.RunningApp;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OnlineCompiler.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of a checkout.");
        return folder.FullName;
    }
}
