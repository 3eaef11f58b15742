using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Hostile.Tests;

/// <summary>Makes programs short to write.</summary>
internal static class Programs
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <sched.h>
        #include <signal.h>
        #include <stdint.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/ioctl.h>
        #include <sys/mman.h>
        #include <sys/mount.h>
        #include <sys/prctl.h>
        #include <sys/resource.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <sys/un.h>
        #include <sys/wait.h>
        #include <time.h>
        #include <unistd.h>
        #define TRY(call) do { errno = 0; long result_ = (long)(call); printf("%s\n", result_ >= 0 ? "DONE" : strerrorname_np(errno)); fflush(stdout); } while (0)

        """;

    /// <summary>The body of <c>main</c>, with everything of the kernel's included; <c>TRY(call)</c> prints DONE or the error's name.</summary>
    public static ExecuteRequest C(string body, Limits? limits = null, string before = "") =>
        Requests.Program("c", $"{Headers}{before}\nint main(void) {{\n{body}\nreturn 0;\n}}\n", limits: Patient(limits), path: "main.c");

    public static ExecuteRequest Cpp(string source, Limits? limits = null) => Requests.Program("cpp", source, limits: Patient(limits), path: "main.cpp");

    public static ExecuteRequest JavaScript(string source, Limits? limits = null) => Requests.Program("javascript", source, limits: limits, path: "main.js");

    /// <summary>The body of <c>main</c>, which may throw anything.</summary>
    public static ExecuteRequest Java(string body, Limits? limits = null) => Requests.Program(
        "java",
        $$"""
        import java.io.*; import java.net.*; import java.nio.*; import java.nio.channels.*; import java.nio.file.*; import java.util.*;
        public class Main { public static void main(String[] arguments) throws Throwable {
        {{body}}
        } }
        """,
        limits: Patient(limits),
        path: "Main.java");

    /// <summary>Where only the run matters, a compiler on a busy machine may take its time.</summary>
    private static Limits Patient(Limits? limits)
    {
        var patient = limits?.Clone() ?? new Limits();
        if (patient.CompileWallTimeLimitMs == 0)
            patient.CompileWallTimeLimitMs = 60_000;
        return patient;
    }

    public static Limits Wall(uint milliseconds) => new() { WallTimeLimitMs = milliseconds };
}
