using OnlineCompiler.Gateway.Judge0.Submissions;

namespace OnlineCompiler.Gateway.Judge0.Server;

/// <summary>What <c>GET config_info</c> tells: the SDK does not start unless all 39 are there.</summary>
internal static class ConfigInfo
{
    private const int KiB = 1024;

    public static IReadOnlyDictionary<string, object> Of(Judge0Options options, Judge0Limits limits) => new Dictionary<string, object>
    {
        ["maintenance_mode"] = options.Maintenance,
        ["enable_wait_result"] = options.EnableWait,
        ["enable_compiler_options"] = options.EnableCompilerOptions,
        ["allowed_languages_for_compile_options"] = Array.Empty<string>(),
        ["enable_command_line_arguments"] = options.EnableCommandLineArguments,
        ["enable_submission_delete"] = options.EnableDelete,
        ["enable_callbacks"] = options.EnableCallbacks,
        ["callbacks_max_tries"] = options.CallbackTries,
        ["callbacks_timeout"] = options.CallbackTimeout.TotalSeconds,
        ["enable_additional_files"] = options.EnableAdditionalFiles,
        ["max_queue_size"] = options.MaxQueueSize,
        ["cpu_time_limit"] = limits.CpuTimeSeconds,
        ["max_cpu_time_limit"] = limits.MaxCpuTimeSeconds,
        ["cpu_extra_time"] = limits.CpuExtraSeconds,
        ["max_cpu_extra_time"] = limits.MaxCpuExtraSeconds,
        ["wall_time_limit"] = limits.WallTimeSeconds,
        ["max_wall_time_limit"] = limits.MaxWallTimeSeconds,
        ["memory_limit"] = limits.MemoryKiB,
        ["max_memory_limit"] = limits.MaxMemoryKiB,
        ["stack_limit"] = limits.StackKiB,
        ["max_stack_limit"] = limits.MaxStackKiB,
        ["max_processes_and_or_threads"] = limits.Processes,
        ["max_max_processes_and_or_threads"] = limits.MaxProcesses,
        ["enable_per_process_and_thread_time_limit"] = false,
        ["allow_enable_per_process_and_thread_time_limit"] = true,
        ["enable_per_process_and_thread_memory_limit"] = false,
        ["allow_enable_per_process_and_thread_memory_limit"] = true,
        ["max_file_size"] = limits.FileSizeKiB,
        ["max_max_file_size"] = limits.MaxFileSizeKiB,
        ["number_of_runs"] = limits.Runs,
        ["max_number_of_runs"] = limits.MaxRuns,
        ["redirect_stderr_to_stdout"] = false,
        ["max_extract_size"] = AdditionalFiles.MaxFileBytes / KiB,
        ["enable_batched_submissions"] = options.EnableBatches,
        ["max_submission_batch_size"] = options.MaxBatchSize,
        // Nothing is cached: a status never lags.
        ["submission_cache_duration"] = 0.0,
        ["use_docs_as_homepage"] = false,
        ["allow_enable_network"] = false,
        ["enable_network"] = false,
    };
}
