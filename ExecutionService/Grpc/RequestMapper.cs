using System.Security.Cryptography;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ServiceDefaults;
using Language = OnlineCompiler.ExecutionService.Languages.Language;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Turns a request into an execution, or says everything that is wrong with it.</summary>
internal sealed class RequestMapper(LanguageCatalog catalog, RequestValidator validator, ISandbox sandbox)
{
    private const int RequestIdBytes = 12;

    /// <exception cref="global::Grpc.Core.RpcException">INVALID_ARGUMENT or, when the toolchain or the sandbox is missing, FAILED_PRECONDITION.</exception>
    public Task<Executions.Execution> MapAsync(ExecuteRequest request, bool isInteractive, CancellationToken cancellationToken) =>
        MapAsync(request, isInteractive, new FieldViolations(), cancellationToken);

    /// <param name="request">What is to be run.</param>
    /// <param name="isInteractive">Whether someone will type.</param>
    /// <param name="violations">Where everything that is wrong is named.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="global::Grpc.Core.RpcException">As above.</exception>
    public async Task<Executions.Execution> MapAsync(
        ExecuteRequest request, bool isInteractive, FieldViolations violations, CancellationToken cancellationToken)
    {
        var language = Check(request, isInteractive, violations);
        violations.ThrowIfAny();
        return await MapAsync(request, language!, violations, cancellationToken);
    }

    /// <summary>Adds everything that is wrong whatever is installed here.</summary>
    /// <returns>The language, if it is known.</returns>
    public Language? Check(ExecuteRequest request, bool isInteractive, FieldViolations violations)
    {
        validator.Validate(request, isInteractive, violations);
        var language = FindLanguage(request.Language, violations);
        violations.AddIf(
            language is { Pack.Compile: null } && request.CompilerArguments.Count > 0, "compiler_arguments", $"must be empty: {language?.Pack.Name} is not compiled");
        return language;
    }

    /// <param name="request">Was checked.</param>
    /// <param name="language">Which it asks for.</param>
    /// <param name="violations">Where a version that is not here is named.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="global::Grpc.Core.RpcException">As above.</exception>
    public async Task<Executions.Execution> MapAsync(ExecuteRequest request, Language language, FieldViolations violations, CancellationToken cancellationToken)
    {
        var toolchains = await catalog.GetToolchainsAsync(language, cancellationToken);
        if (!toolchains.IsInstalled)
        {
            // Without a sandbox nobody could ask whether it is.
            throw sandbox.Readiness.IsReady ? Errors.NotInstalled(language) : Errors.SandboxUnavailable(string.Join(' ', sandbox.Readiness.Problems));
        }
        var chosen = toolchains.Choose(request.Version.Trim().Length == 0 ? null : VersionRange.TryParse(request.Version));
        violations.AddIf(chosen is null, "version", $"\"{request.Version}\" is not installed; {WhatThereIs(language, toolchains)}");
        violations.ThrowIfAny();

        return new Executions.Execution
        {
            RequestId = request.RequestId.Length > 0 ? request.RequestId : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RequestIdBytes)),
            Caller = request.Caller.Length > 0 ? request.Caller : "anonymous",
            Language = language,
            Pack = chosen!.Pack,
            Version = chosen.Version,
            Files = [.. request.Files.Select(file => new WorkspaceFile(file.Path, file.Content.Memory))],
            EntryPoint = EntryPointOf(request, language),
            CompilerArguments = request.CompilerArguments,
            Arguments = request.Arguments,
            Environment = request.Environment,
            StandardInput = request.Stdin.Memory,
            Limits = MapLimits(request.Limits ?? new Limits()),
            Terminal = MapSize(request.Terminal),
            Collect = request.Collect,
        };
    }

    public static TerminalDimensions? MapSize(TerminalSize? size) =>
        size is null ? null : new TerminalDimensions((int)size.Columns, (int)size.Rows);

    private Language? FindLanguage(string name, FieldViolations violations)
    {
        if (name.Length == 0)
        {
            violations.Add("language", "is required");
            return null;
        }
        if (name.Length <= 64 && catalog.Find(name) is { } language)
            return language;
        var near = name.Length <= 64 ? catalog.FindNear(name) : [];
        violations.Add("language", near.Count > 0
            ? $"\"{name}\" is unknown; did you mean {string.Join(" or ", near.Select(match => $"\"{match}\""))}?"
            : $"\"{name[..Math.Min(name.Length, 64)]}\" is unknown; the list of languages names those there are");
        return null;
    }

    /// <summary>As asked; else the language's usual one if it is there; else the first source file; else the first file.</summary>
    private static string EntryPointOf(ExecuteRequest request, Language language)
    {
        if (request.EntryPoint.Length > 0)
            return request.EntryPoint;
        var paths = request.Files.Select(file => file.Path).ToList();
        return paths.Contains(language.Pack.EntryPoint)
            ? language.Pack.EntryPoint
            : paths.Find(language.IsSource) ?? paths[0];
    }

    private static string WhatThereIs(Language language, Toolchains toolchains) => string.Join("; ",
    [
        $"{language.Pack.Name} is {string.Join(" or ", toolchains.Descending.Select(installed => installed.Version))} here",
        .. toolchains.Missing.Select(missing => missing.Problem is { } problem
            ? $"{missing.Name} cannot be had: {problem}"
            : $"an operator installs {missing.Name} with: {language.InstallCommand}"),
    ]);

    public static RequestedLimits MapLimits(Limits limits) => new()
    {
        WallTimeMs = Given(limits.WallTimeLimitMs),
        CpuTimeMs = Given(limits.CpuTimeLimitMs),
        MemoryBytes = Given(limits.MemoryLimitBytes),
        Processes = Given(limits.ProcessLimit),
        OutputBytes = Given(limits.OutputLimitBytes),
        WorkspaceBytes = Given(limits.WorkspaceLimitBytes),
        CompileWallTimeMs = Given(limits.CompileWallTimeLimitMs),
        CompileMemoryBytes = Given(limits.CompileMemoryLimitBytes),
    };

    private static long? Given(ulong value) => value == 0 ? null : (long)value;
}
