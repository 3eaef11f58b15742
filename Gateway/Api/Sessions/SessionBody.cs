using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Google.Protobuf.WellKnownTypes;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Api.Sessions;

/// <summary>What a session keeps. Members are nullable because callers may leave them out; the mapping says what is missing.</summary>
internal record SessionBody
{
    [MaxLength(120), Description("For people. Default: \"Untitled\".")]
    public string? Title { get; init; }

    [Required, MaxLength(32), Description("Id of a language.")]
    public string? Language { get; init; }

    [Required, MinLength(1), MaxLength(100), Description("1-100 files, each at most 1 MiB, all at most 4 MiB.")]
    public IReadOnlyList<SessionFileBody?>? Files { get; init; }

    [Description("Standard input kept with the program; together with the files at most 4 MiB.")]
    public string? Stdin { get; init; }

    [MaxLength(256), Description("Arguments of the program.")]
    public IReadOnlyList<string?>? Arguments { get; init; }

    [Description("Path of one of the files. Default: the first.")]
    public string? EntryPoint { get; init; }

    [MaxLength(64), Description("Extra arguments for the compiler.")]
    public IReadOnlyList<string?>? CompilerArguments { get; init; }

    [MaxLength(64), Description("The version of the language that the program wants, as version of an execution. Default: any.")]
    public string? LanguageVersion { get; init; }

    /// <exception cref="ProblemException">Members are missing or null; names each.</exception>
    public SessionContent ToContent()
    {
        var errors = new FieldErrors();
        errors.Require(Language, "language");
        errors.RequireSome(Files, "files", "At least one file is needed.");

        var content = new SessionContent
        {
            Title = Title ?? "",
            Language = Language ?? "",
            Stdin = Stdin ?? "",
            EntryPoint = EntryPoint ?? "",
            LanguageVersion = LanguageVersion ?? "",
        };
        content.Arguments.AddRange(errors.Elements(Arguments, "arguments"));
        content.CompilerArguments.AddRange(errors.Elements(CompilerArguments, "compilerArguments"));
        for (var i = 0; i < (Files?.Count ?? 0); i++)
        {
            errors.Require(Files![i]?.Path, $"files[{i}].path");
            if (Files[i]?.Content is null)
                errors.Add($"files[{i}].content", "Required.");
            content.Files.Add(new SessionFile { Path = Files[i]?.Path ?? "", Content = Files[i]?.Content ?? "" });
        }

        errors.ThrowIfAny();
        return content;
    }
}

internal sealed record SessionFileBody
{
    [Required, MaxLength(255)]
    public string? Path { get; init; }

    [Required]
    public string? Content { get; init; }
}

internal sealed record SessionFileAnswer(string Path, string Content);

internal sealed record SessionPage(
    [property: Description("Last saved first, without their files.")] IReadOnlyList<SessionAnswer> Sessions,
    [property: Description("For the next page; null on the last.")] string? NextPageToken);

internal sealed record SessionAnswer
{
    [Description("Unguessable.")]
    public required string Id { get; init; }

    [Description("1 when made, one more with each save; the ETag is this in quotes.")]
    public required ulong Version { get; init; }

    public required string Title { get; init; }

    public required string Language { get; init; }

    [Description("Empty in lists.")]
    public required IReadOnlyList<SessionFileAnswer> Files { get; init; }

    public required string Stdin { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string EntryPoint { get; init; }

    public required IReadOnlyList<string> CompilerArguments { get; init; }

    [Description("Empty for any.")]
    public required string LanguageVersion { get; init; }

    public required DateTime? CreatedAt { get; init; }

    public required DateTime? SavedAt { get; init; }

    [Description("When it will be forgotten unless read or saved before.")]
    public required DateTime? ExpiresAt { get; init; }

    public static SessionAnswer From(SessionRecord record)
    {
        var content = record.Content ?? new SessionContent();
        return new()
        {
            Id = record.Id,
            Version = record.Version,
            Title = content.Title,
            Language = content.Language,
            Files = [.. content.Files.Select(file => new SessionFileAnswer(file.Path, file.Content))],
            Stdin = content.Stdin,
            Arguments = content.Arguments,
            EntryPoint = content.EntryPoint,
            CompilerArguments = content.CompilerArguments,
            LanguageVersion = content.LanguageVersion,
            CreatedAt = ToTime(record.CreatedAt),
            SavedAt = ToTime(record.SavedAt),
            ExpiresAt = ToTime(record.ExpiresAt),
        };
    }

    private static DateTime? ToTime(Timestamp? time) => time?.ToDateTime();
}
