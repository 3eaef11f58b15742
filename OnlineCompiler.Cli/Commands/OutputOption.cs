using System.CommandLine;

namespace OnlineCompiler.Cli.Commands;

/// <summary>Where files go that a program leaves.</summary>
internal sealed class OutputOption : Option<DirectoryInfo>
{
    public OutputOption()
        : base("--output")
    {
        Description = "Folder for what --collect brings back";
        HelpName = "folder";
        DefaultValueFactory = _ => new DirectoryInfo("artifacts");
    }
}
