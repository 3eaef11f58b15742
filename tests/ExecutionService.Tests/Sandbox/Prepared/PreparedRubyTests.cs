namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

public sealed class PreparedRubyTests(PreparedService service) : InterpreterComparison(service, _programs)
{
    public static TheoryData<string> Names => [.. _all.Keys];

    private static readonly Dictionary<string, (string EntryPoint, string Program)> _all = new()
    {
        ["hello"] = ("main.rb", "puts 'hello', 1 + 1"),
        ["itself"] = ("main.rb", "p ARGV, ARGV.map { |a| [a.encoding, a.frozen?] }, $0, $PROGRAM_NAME, __FILE__, __dir__, __LINE__, __method__, self, $*, Process.pid, Process.ppid, Dir.pwd, caller, caller_locations(0).map { |l| [l.path, l.absolute_path, l.lineno, l.label, l.base_label] }"),
        ["if it is the program"] = ("main.rb", "if __FILE__ == $0\n  puts 'yes'\nend"),
        ["another entry point"] = ("src/tool.rb", "p ARGV, $0, __FILE__, __dir__; raise 'there'"),
        ["what is loaded"] = ("main.rb", "p $LOADED_FEATURES, $LOAD_PATH, Object.constants.sort, Object.private_instance_methods(false).sort, Gem.loaded_specs.keys, Object.new.object_id, ObjectSpace.each_object(Module).count, ObjectSpace.each_object(IO).reject(&:closed?).map(&:inspect).sort"),
        ["globals"] = ("main.rb", "p global_variables.sort, $VERBOSE, $DEBUG, $-w, $;, $/, $!, $~, $:.frozen?, $stdout.sync, RUBY_DESCRIPTION, Encoding.default_external, Encoding.default_internal, __ENCODING__"),
        ["locals"] = ("main.rb", "x = 5\ny = 6\np local_variables, binding.local_variables, TOPLEVEL_BINDING.local_variables, TOPLEVEL_BINDING.eval('x + y'), eval('x'), TOPLEVEL_BINDING.source_location"),
        ["visibility"] = ("main.rb", "private\ndef hidden = 1\npublic def shown = 2\np self.class.private_method_defined?(:hidden), self.class.public_method_defined?(:shown), method(:hidden).source_location, method(:hidden).inspect"),
        ["the environment"] = ("main.rb", "p ENV.to_a, ENV['LD_PRELOAD']; puts `env`"),
        ["an uncaught error"] = ("main.rb", "puts 'before'\ndef half(number) = number.value / 2\nhalf(nil)"),
        ["an error with causes"] = ("main.rb", "class Mine < StandardError; def detailed_message(**) = 'details'; end\ndef inner = Integer('x')\nbegin\n  inner\nrescue => e\n  raise Mine, \"outer\\nsecond line\"\nend"),
        ["a misspelled name"] = ("main.rb", "def calculate = 1\nputs calculat"),
        ["a syntax error"] = ("main.rb", "puts 'before'\ndef (\n"),
        ["a syntax error with warnings"] = ("main.rb", "{ a: 1, a: 2 }\n1 = 2\n"),
        ["a syntax error in another file"] = ("main.rb", "File.write('other.rb', 'class'); require_relative 'other'"),
        ["warnings"] = ("main.rb", "p({ a: 1, a: 2 })\nif x = 1 then warn 'mine' end\nA = 1\nA = 2\nwarn 'deep', uplevel: 0"),
        ["options in the first line"] = ("main.rb", "#!/usr/bin/env ruby -w\nx = 1\np $VERBOSE, $-w"),
        ["a first line"] = ("main.rb", "#!/usr/bin/env ruby\n# frozen_string_literal: true\np 'a'.frozen?, __LINE__"),
        ["the first line of another language"] = ("main.rb", "#!/bin/sh\necho no"),
        ["a byte order mark"] = ("main.rb", "\uFEFFp __ENCODING__, __LINE__, 'ä'.bytes"),
        ["another encoding"] = ("main.rb", "# encoding: iso-8859-1\np __ENCODING__, 'ä'.length, 'ä'.encoding"),
        ["lines of Windows"] = ("main.rb", "puts <<~END\r\n  text\r\nEND\r\np __LINE__\r\n"),
        ["an empty program that ends at once"] = ("main.rb", "at_exit { puts 'bye' }"),
        ["data behind the program"] = ("main.rb", "p DATA.read, DATA.lineno, DATA.path, DATA.fileno\n__END__\nsome\ndata\n"),
        ["begin and end"] = ("main.rb", "puts 'middle'\nEND { puts 'end' }\nBEGIN { puts \"begin #{__LINE__}\" }"),
        ["at exit"] = ("main.rb", "at_exit { p $!, caller; exit 7 }\nat_exit { puts 'first' }\nraise 'reason'"),
        ["a status"] = ("main.rb", "at_exit { puts \"bye #{$!.status}\" }\nexit 3"),
        ["an abort"] = ("main.rb", "abort 'no more'"),
        ["a return"] = ("main.rb", "puts 'before'\nreturn if ARGV.any?\nputs 'never'"),
        ["a break"] = ("main.rb", "break"),
        ["a throw"] = ("main.rb", "throw :nothing"),
        ["a signal"] = ("main.rb", "Process.kill(:TERM, $$); sleep 5"),
        ["a hard kill"] = ("main.rb", "$stdout.write('lost'); Process.kill(:KILL, $$)"),
        ["an interrupt"] = ("main.rb", "Process.kill(:INT, $$); sleep 5"),
        ["handlers of signals"] = ("main.rb", "p Signal.list.keys.first(20).map { |s| trap(s, 'DEFAULT') rescue $!.message }; trap(:TERM) { puts 'got it'; exit 9 }; Process.kill(:TERM, $$); sleep 5"),
        ["a deep recursion"] = ("main.rb", "def down(n) = down(n + 1)\nbegin\n  down(0)\nrescue SystemStackError => e\n  p e.message, e.backtrace.first(2), e.backtrace.last\nend"),
        ["input at once"] = ("main.rb", "p $stdin.read, $stdin.eof?, $stdin.external_encoding"),
        ["input line by line"] = ("main.rb", "while line = $stdin.gets\n  p line, $., $stdin.lineno\nend"),
        ["input by gets of the kernel"] = ("main.rb", "ARGV.clear; p gets, readlines, ARGF.filename"),
        ["streams"] = ("main.rb", "p [$stdin, $stdout, $stderr].map { |s| [s.fileno, s.tty?, s.sync, s.stat.ftype] }; $stdout.write('out'); $stderr.write('err')"),
        ["descriptors"] = ("main.rb", "p File.open('main.rb').fileno, IO.pipe.map(&:fileno), Dir.children('/proc/self/fd').map(&:to_i).sort"),
        ["files"] = ("main.rb", "File.write('made.txt', 'x'); p Dir.glob('*').sort, File.stat('made.txt').mode.to_s(8), File.stat('main.rb').mode.to_s(8), File.umask, Process.uid, Process.gid"),
        ["threads"] = ("main.rb", "p Thread.list.size, Thread.main == Thread.current, Thread.current.backtrace\nThread.new { p caller, Thread.current.name }.join\nThread.new { Thread.current.report_on_exception = false; raise 'inside' }.join"),
        ["fibers"] = ("main.rb", "p (Fiber.yield rescue $!), Fiber.new { Fiber.yield 1; 2 }.resume, Enumerator.new { |y| y << 1; raise StopIteration }.next"),
        ["ractors"] = ("main.rb", "p Ractor.count, Ractor.new { 1 + 1 }.take"),
        ["children"] = ("main.rb", "p `echo out`, system('exit 3'), $?.exitstatus, fork { exit! 4 }.class; Process.wait; p $?.exitstatus; exec 'echo', 'replaced'"),
        ["a child of the same kind"] = ("main.rb", "require 'rbconfig'; puts `#{RbConfig.ruby} -e 'p ARGV, $0, $LOADED_FEATURES.size' x`"),
        ["libraries"] = ("main.rb", "require 'set'; require 'json'; require 'date'; require 'bigdecimal'; puts JSON.generate({ 'a' => [1, 2.5, nil] }), Set[1, 2].inspect, Date.new(2024, 2, 29).next_year; p require('json'), $LOADED_FEATURES.size; require 'no_such_thing'"),
        ["what it was compiled from"] = ("main.rb", "def f = 1\np RubyVM::InstructionSequence.of(method(:f)).path, RubyVM::InstructionSequence.of(method(:f)).absolute_path, RubyVM::InstructionSequence.of(binding).label"),
        ["traces"] = ("main.rb", "TracePoint.new(:call, :return) { |t| p [t.event, t.path, t.lineno, t.method_id] }.enable { def g = 1; g }"),
        ["limits"] = ("main.rb", "puts File.read('/proc/self/limits').lines.reject { |l| l.start_with?('Max cpu time') }; p Process.getrlimit(:NOFILE), Process.getrlimit(:STACK)"),
        ["much output"] = ("main.rb", "5000.times { |i| puts \"line #{i}\" }; $stderr.puts 'end'"),
    };

    private static readonly InterpreterPrograms _programs = new()
    {
        Language = "ruby",
        EntryPoint = "main.rb",
        All = _all,
        Several = (
            "require_relative 'lib/helper'\n$:.unshift(__dir__)\nrequire 'lib/other'\nload 'third.rb'\np $LOADED_FEATURES.last(2), Helper.here\nHelper.fail",
            [
                ("lib/helper.rb", "module Helper\n  def self.here = [__FILE__, __dir__, caller]\n  def self.fail = raise(ArgumentError)\nend"),
                ("lib/other.rb", "p __FILE__ == $0, __FILE__, caller"),
                ("third.rb", "p __FILE__, binding.local_variables"),
            ]),
        Reversing = """
            require 'io/console'
            p $stdin.tty?, $stdout.tty?, ARGV, ($stdin.winsize rescue nil)
            puts 'ready'
            $stdout.flush
            while line = $stdin.gets
              puts line.chomp.reverse
              $stdout.flush
            end
            puts 'end'
            exit 5
            """,
        Random = "p rand, Random.new_seed, [1, 2, 3].hash, Random.seed",
        TellsHost = "p File.read('/proc/self/maps').include?('host.so')",
        HostTakesArguments = true,
    };

    /// <summary>DATA is the rest of the file, which Ruby itself has open.</summary>
    [Fact]
    public async Task A_program_with_data_behind_it_starts_anew() =>
        Assert.Equal("false\n", await OutputOfPreparedAsync(Request("main.rb", _programs.TellsHost + "\n__END__\n")));
}
