namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

public sealed class PreparedGroovyTests(PreparedService service) : InterpreterComparison(service, _programs)
{
    public static TheoryData<string> Names => [.. _all.Keys];

    private static readonly Dictionary<string, (string EntryPoint, string Program)> _all = new()
    {
        ["hello"] = ("main.groovy", "println \"hello ${1 + 1}\""),
        ["itself"] = ("main.groovy", "println args.toList(); println this.class.name; println getClass().protectionDomain.codeSource.location; println System.getProperty(\"sun.java.command\"); println System.getProperty(\"java.class.path\"); println binding.variables.keySet(); println new File(\".\").canonicalPath; println ProcessHandle.current().pid()"),
        ["arguments"] = ("main.groovy", "println args.toList(); throw new Exception(\"with arguments\")"),
        ["another entry point"] = ("src/tool.groovy", "println args.toList(); println this.class.name; throw new Exception(\"there\")"),
        ["the environment"] = ("main.groovy", "System.getenv().sort().each { println it }; println System.getenv(\"LD_PRELOAD\"); println \"env\".execute().text"),
        ["properties"] = ("main.groovy", "System.properties.sort { it.key }.each { k, v -> println \"$k=${v.inspect()}\" }"),
        ["class loaders"] = ("main.groovy", "def l = this.class.classLoader; while (l) { println l.class.name; l = l.parent }; println Thread.currentThread().contextClassLoader.class.name; println GroovySystem.version"),
        ["a stack"] = ("main.groovy", "def inner() { new Exception().stackTrace.each { println it } }\ninner()"),
        ["an uncaught error"] = ("main.groovy", "println \"before\"\ndef half(n) { n.intdiv(0) }\nhalf(4)"),
        ["an error with causes"] = ("main.groovy", "try { try { throw new IOException(\"innermost\") } catch (e) { throw new RuntimeException(\"inner\", e) } } catch (e) { throw new IllegalStateException(\"outer\", e) }"),
        ["an error that is caught"] = ("main.groovy", "try { null.foo() } catch (NullPointerException e) { e.printStackTrace() }"),
        ["a missing property"] = ("main.groovy", "println nothingHere"),
        ["a missing method"] = ("main.groovy", "\"text\".nothingHere(1, \"a\")"),
        ["a wrong cast"] = ("main.groovy", "int x = \"text\""),
        ["an assertion"] = ("main.groovy", "def list = [1, 2]\nassert list.size() == 3 : \"mine\""),
        ["a power assertion"] = ("main.groovy", "def list = [1, 2]\nassert list*.multiply(2).sum() == 7"),
        ["a syntax error"] = ("main.groovy", "println \"before\"\ndef ("),
        ["an unknown class"] = ("main.groovy", "import nothing.Here\nprintln Here"),
        ["a status"] = ("main.groovy", "println \"out\"; System.exit(3)"),
        ["at the end"] = ("main.groovy", "addShutdownHook { println \"bye\" }; println \"end\""),
        ["a hard kill"] = ("main.groovy", "println \"before\"; \"kill -9 ${ProcessHandle.current().pid()}\".execute(); sleep 5000"),
        ["input at once"] = ("main.groovy", "println System.in.text.inspect()"),
        ["input line by line"] = ("main.groovy", "System.in.eachLine { println \">$it\" }"),
        ["input by a reader"] = ("main.groovy", "def r = System.in.newReader(); println r.readLine(); println r.readLine(); println r.readLine(); println r.readLine()"),
        ["streams"] = ("main.groovy", "System.err.println \"err\"; System.out.print \"out\"; println System.console()"),
        ["descriptors"] = ("main.groovy", "println new File(\"/proc/self/fd\").list().collect { it as int }.sort()"),
        ["files"] = ("main.groovy", "new File(\"made.txt\").text = \"x\"; println new File(\".\").list().sort(); println new File(\"main.groovy\").absolutePath"),
        ["threads"] = ("main.groovy", "def t = Thread.start { println Thread.currentThread().name }; t.join(); println Thread.currentThread().name; println Thread.allStackTraces.keySet()*.name.sort(); Thread.start { throw new Exception(\"inside\") }.join()"),
        ["children"] = ("main.groovy", "def p = [\"sh\", \"-c\", \"echo out; exit 3\"].execute(); println p.text; println p.waitFor(); println \"cat\".execute().with { outputStream << \"through\"; outputStream.close(); text }"),
        ["classes"] = ("main.groovy", "class P { int x; String toString() { \"P$x\" } }\nenum E { A, B }\ntrait T { def t() { \"t\" } }\nclass Q implements T {}\nprintln new P(x: 2); println E.A; println new Q().t(); println({ it }.class.name); println new Object() {}.class.name"),
        ["libraries"] = ("main.groovy", "println new groovy.json.JsonSlurper().parseText(\"[1, {\\\"a\\\": 2}]\"); println groovy.json.JsonOutput.toJson([a: 1]); println new XmlSlurper().parseText(\"<a><b>x</b></a>\").b"),
        ["collections"] = ("main.groovy", "println((1..5).collect { it * it }.findAll { it % 2 }.inject { a, b -> a + b }); println [b: 1, a: 2].sort(); println 2**100; println 1 / 3"),
        ["a deep recursion"] = ("main.groovy", "def down(n) { down(n + 1) }\ntry { down(0) } catch (StackOverflowError e) { println e }"),
        ["memory"] = ("main.groovy", "println Runtime.runtime.maxMemory(); println Runtime.runtime.availableProcessors(); try { new long[1000000000] } catch (OutOfMemoryError e) { println e.message }"),
        ["another shell in it"] = ("main.groovy", "println new GroovyShell(new Binding(x: 4)).evaluate(\"x * 2\"); println Eval.me(\"this.class.name\")"),
        ["text of other languages"] = ("main.groovy", "println \"äö € ${\"€\".length()} ${\"ä\".bytes}\"; println java.nio.charset.Charset.defaultCharset()"),
        ["a first line"] = ("main.groovy", "#!/usr/bin/env groovy\nprintln \"on\""),
        ["much output"] = ("main.groovy", "5000.times { println \"line $it\" }; System.err.println \"end\""),
    };

    private static readonly InterpreterPrograms _programs = new()
    {
        Language = "groovy",
        EntryPoint = "main.groovy",
        All = _all,
        Several = (
            "println new lib.Helper().here(); println Other.VALUE; evaluate(new File(\"third.groovy\")); new lib.Helper().fail()",
            [
                ("lib/Helper.groovy", "package lib\nclass Helper { def here() { this.class.protectionDomain.codeSource.location }\n  def fail() { throw new Exception(\"of the library\") } }"),
                ("Other.groovy", "class Other { static VALUE = 5 }"),
                ("third.groovy", "println this.class.name"),
            ]),
        Reversing = """
            println System.console() != null
            println "ready"
            System.in.eachLine { println it.reverse() }
            println "end"
            System.exit 5
            """,
        Random = "println Math.random(); println UUID.randomUUID(); println new Random().nextInt(); println new Object().hashCode()",
        TellsHost = "print new File(\"/proc/self/maps\").text.contains(\"host.so\")",
    };
}
