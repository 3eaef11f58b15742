namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

[Collection(OtherPreparedServices.Collection)]
public sealed class PreparedPhpTests(PreparedService service) : InterpreterComparison(service, _programs)
{
    public static TheoryData<string> Names => [.. _all.Keys];

    private static readonly Dictionary<string, (string EntryPoint, string Program)> _all = new()
    {
        ["hello"] = ("main.php", "<?php echo 'hello ', 1 + 1, PHP_EOL;"),
        ["itself"] = ("main.php", "<?php var_dump($argv, $argc, $_SERVER['argv'], $_SERVER['PHP_SELF'], $_SERVER['SCRIPT_NAME'], $_SERVER['SCRIPT_FILENAME'], __FILE__, __DIR__, __LINE__, get_included_files(), debug_backtrace(), getcwd(), getmypid(), posix_getppid(), PHP_BINARY, PHP_SAPI, cli_get_process_title());"),
        ["arguments"] = ("main.php", "<?php var_dump($argv, $argc, getopt('c', ['c'])); throw new Exception('with arguments');"),
        ["another entry point"] = ("src/tool.php", "<?php var_dump($argv, __FILE__, __DIR__, get_included_files()); throw new Exception('there');"),
        ["the environment"] = ("main.php", "<?php var_dump(getenv(), $_ENV, getenv('LD_PRELOAD'), array_diff_key($_SERVER, ['REQUEST_TIME' => 0, 'REQUEST_TIME_FLOAT' => 0])); passthru('env');"),
        ["the time"] = ("main.php", "<?php var_dump(abs($_SERVER['REQUEST_TIME'] - time()) < 3, abs($_SERVER['REQUEST_TIME_FLOAT'] - microtime(true)) < 3, date_default_timezone_get(), ini_get('max_execution_time'));"),
        ["settings"] = ("main.php", "<?php var_dump(ini_get_all(), php_ini_loaded_file(), get_include_path(), error_reporting());"),
        ["what is loaded"] = ("main.php", "<?php var_dump(get_loaded_extensions(), count(get_declared_classes()), count(get_defined_functions()['internal']), count(get_defined_constants()), get_resources(), array_keys(get_defined_vars()), stream_get_wrappers());"),
        ["numbers of resources and objects"] = ("main.php", "<?php var_dump(fopen('main.php', 'r'), STDIN, STDOUT, STDERR, spl_object_id(new stdClass), opendir('.'), get_resources());"),
        ["memory"] = ("main.php", "<?php var_dump(memory_get_usage() < 1 << 20, memory_get_usage(true), ini_get('memory_limit')); str_repeat('x', 1 << 30);"),
        ["an uncaught exception"] = ("main.php", "<?php\necho 'before', PHP_EOL;\nfunction half($number) { return intdiv($number, 0); }\nhalf(4);"),
        ["an exception with causes"] = ("main.php", "<?php\nclass Mine extends Exception {}\nfunction inner() { throw new RuntimeException('inner', 7); }\ntry { inner(); } catch (Exception $e) { throw new Mine('outer', 1, $e); }"),
        ["a type error"] = ("main.php", "<?php declare(strict_types=1); function f(int $x) { return $x; } f('text');"),
        ["a syntax error"] = ("main.php", "<?php\necho 'before';\nfunction ("),
        ["a compile error"] = ("main.php", "<?php\nclass A {} class A {}"),
        ["a missing file"] = ("main.php", "<?php include 'nothing.php'; echo 'on', PHP_EOL; require 'nothing.php';"),
        ["warnings"] = ("main.php", "<?php echo $undefined, [1][5], 'a' . [], PHP_EOL; trigger_error('mine', E_USER_DEPRECATED); echo 1 <=> 2; $x = '5 apples' + 1; var_dump(error_get_last());"),
        ["handlers"] = ("main.php", "<?php set_error_handler(fn ($n, $m, $f, $l) => print(\"handled $m $f $l\\n\")); set_exception_handler(function ($e) { echo get_class($e), $e->getTraceAsString(), PHP_EOL; exit(6); }); echo $no; throw new LogicException('x');"),
        ["at the end"] = ("main.php", "<?php register_shutdown_function(function () { echo 'bye', PHP_EOL; exit(4); }); class D { function __destruct() { echo 'gone', PHP_EOL; } } $d = new D; exit(3);"),
        ["a status"] = ("main.php", "<?php echo 'out'; exit(3);"),
        ["last words"] = ("main.php", "<?php exit('no more');"),
        ["a page"] = ("main.php", "text\n<b><?= 1 + 1 ?></b>\n<?php if (true): ?>\nyes\n<?php endif ?>\nend"),
        ["a first line"] = ("main.php", "#!/usr/bin/env php\n<?php var_dump(__LINE__, __FILE__);"),
        ["a byte order mark"] = ("main.php", "\uFEFF<?php echo strlen('ä'), PHP_EOL;"),
        ["no text that is PHP"] = ("main.php", "just words\r\nwith lines of Windows\r\n"),
        ["data behind the program"] = ("main.php", "<?php $f = fopen(__FILE__, 'r'); fseek($f, __COMPILER_HALT_OFFSET__); echo stream_get_contents($f); __halt_compiler();some data"),
        ["a signal"] = ("main.php", "<?php echo 'before'; posix_kill(posix_getpid(), 15); sleep(5);"),
        ["a hard kill"] = ("main.php", "<?php echo 'before'; posix_kill(posix_getpid(), 9); sleep(5);"),
        ["a deep recursion"] = ("main.php", "<?php ini_set('memory_limit', '16M'); function down($n) { return down($n + 1) + 1; } down(0);"),
        ["input at once"] = ("main.php", "<?php var_dump(file_get_contents('php://stdin'), feof(STDIN), stream_get_meta_data(STDIN));"),
        ["input line by line"] = ("main.php", "<?php while (($line = fgets(STDIN)) !== false) var_dump($line, ftell(STDIN));"),
        ["input by readline"] = ("main.php", "<?php var_dump(readline('? '), readline('? '), readline(), readline());"),
        ["streams"] = ("main.php", "<?php var_dump(posix_isatty(STDIN), stream_isatty(STDOUT), fstat(STDOUT)['mode']); fwrite(STDERR, 'err'); fwrite(STDOUT, 'out'); print 'printed'; ob_start(); echo 'held';"),
        ["descriptors"] = ("main.php", "<?php $f = fopen('main.php', 'r'); $g = scandir('/proc/self/fd'); var_dump($g, array_map(fn ($d) => preg_replace('/\\\\d{2,}/', '', (string) @readlink(\"/proc/self/fd/$d\")), $g));"),
        ["files"] = ("main.php", "<?php file_put_contents('made.txt', 'x'); var_dump(scandir('.'), decoct(fileperms('made.txt')), decoct(fileperms('main.php')), decoct(umask()), getmyuid(), getlastmod() === filemtime('main.php'), getmyinode() === fileinode('main.php'), realpath('main.php'), posix_getuid());"),
        ["children"] = ("main.php", "<?php echo shell_exec('echo out; ls /proc/self/fd | wc -l'); exec('exit 3', $lines, $status); var_dump($status); $p = proc_open(['cat'], [['pipe', 'r'], ['pipe', 'w']], $pipes); fwrite($pipes[0], 'through'); fclose($pipes[0]); var_dump(stream_get_contents($pipes[1]), $p); passthru('trap - PIPE; kill -PIPE $$; echo no');"),
        ["a child of the same kind"] = ("main.php", "<?php passthru(PHP_BINARY . ' -n -r \"var_dump(\\$argv, getenv(\\'LD_PRELOAD\\'));\"');"),
        ["generators and fibers"] = ("main.php", "<?php function g() { yield 1; throw new Exception('in'); } $f = new Fiber(function () { foreach (g() as $x) Fiber::suspend($x); }); var_dump($f->start()); $f->resume();"),
        ["what was defined"] = ("main.php", "<?php interface I {} abstract class B implements I { abstract function f(); } enum E: string { case A = 'a'; } $c = new class extends B { function f() {} }; var_dump((new ReflectionClass('B'))->getFileName(), (new ReflectionClass('B'))->getStartLine(), E::from('a'), strstr(get_class($c), ':', true)); E::from('b');"),
        ["limits"] = ("main.php", "<?php echo implode(preg_grep('/cpu time/', file('/proc/self/limits'), PREG_GREP_INVERT)); var_dump(array_diff_key(posix_getrlimit(), ['soft cpu' => 0, 'hard cpu' => 0]));"),
        ["much output"] = ("main.php", "<?php for ($i = 0; $i < 5000; $i++) echo \"line $i\\n\"; fwrite(STDERR, 'end');"),
    };

    private static readonly InterpreterPrograms _programs = new()
    {
        Language = "php",
        EntryPoint = "main.php",
        All = _all,
        Several = (
            "<?php require __DIR__ . '/lib/helper.php'; include_once 'third.php'; include_once 'third.php'; var_dump(get_included_files()); Lib\\fail();",
            [
                ("lib/helper.php", "<?php namespace Lib; var_dump(__FILE__, __NAMESPACE__); function fail() { throw new \\DomainException('lib'); }"),
                ("third.php", "<?php echo 'third', PHP_EOL; return 1;"),
            ]),
        Reversing = """
            <?php
            var_dump(stream_isatty(STDIN), stream_isatty(STDOUT), $argv);
            echo "ready\n";
            while (($line = fgets(STDIN)) !== false)
                echo strrev(trim($line)), "\n";
            echo "end\n";
            exit(5);
            """,
        Random = "<?php var_dump(rand(), mt_rand(), random_int(0, PHP_INT_MAX), uniqid(), lcg_value());",
        TellsHost = "<?php echo str_contains(file_get_contents('/proc/self/maps'), 'host.so') ? 'true' : 'false';",
    };
}
