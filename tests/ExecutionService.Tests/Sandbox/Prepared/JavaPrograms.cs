namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>What may differ between a JVM that was started for a program and one that waited for it. Each is the body of main, or a whole file.</summary>
internal static class JavaPrograms
{
    /// <summary>What it finds in its JVM.</summary>
    public static readonly Dictionary<string, string> Insides = new()
    {
        ["properties"] = Body("new TreeMap<>(System.getProperties()).forEach((key, value) -> System.out.println(key + \"=\" + value));"),
        ["the order of properties"] = Body("System.getProperties().list(System.out);"),
        ["options of the JVM"] = Body("System.out.println(ManagementFactory.getRuntimeMXBean().getInputArguments() + ManagementFactory.getRuntimeMXBean().getClassPath());"),
        ["a stack trace"] = Body("new Exception(\"here\").printStackTrace(); System.out.println(Arrays.toString(Thread.currentThread().getStackTrace())); Thread.dumpStack();"),
        ["a walk up the stack"] = Body("StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES).forEach(frame -> System.out.println(frame.getClassName()));"),
        ["place and time"] = Body("System.out.println(Locale.getDefault() + \" \" + TimeZone.getDefault().getID() + \" \" + java.time.ZoneId.systemDefault() + String.format(\" %,.2f %tA\", 1234.5, new Date(0)) + NumberFormat.getInstance().format(1e6) + java.time.LocalDate.of(2024, 2, 29).format(java.time.format.DateTimeFormatter.ofPattern(\"EEEE d MMMM\")));"),
        ["threads that run"] = Body("Thread.getAllStackTraces().keySet().stream().map(thread -> thread.getId() + \" \" + thread + thread.isDaemon()).sorted().forEach(System.out::println);"),
        // Once they rest: in a JVM that has just started, the Finalizer may not have come to its first frame.
        ["the stacks of threads"] = Body("while (Thread.getAllStackTraces().keySet().stream().anyMatch(each -> List.of(\"Finalizer\", \"Common-Cleaner\").contains(each.getName()) && each.getState() == Thread.State.RUNNABLE)) Thread.sleep(1); Thread.getAllStackTraces().entrySet().stream().filter(each -> !each.getKey().getName().equals(\"main\")).map(each -> each.getKey().getName() + Arrays.toString(each.getValue())).sorted().forEach(System.out::println);"),
        ["the main thread"] = Body("var thread = Thread.currentThread(); System.out.println(thread + \" \" + thread.getId() + thread.getPriority() + thread.getState() + thread.getThreadGroup().getParent() + thread.getContextClassLoader().getClass() + thread.getUncaughtExceptionHandler() + Thread.activeCount());"),
        ["more threads"] = Body("for (int i = 0; i < 3; i++) { var thread = new Thread(() -> { }); System.out.println(thread.getName() + thread.getId()); thread.start(); thread.join(); } new Thread(() -> { throw new RuntimeException(\"in a thread\"); }).start();"),
        ["an executor"] = Body("var pool = Executors.newFixedThreadPool(2); System.out.println(pool.submit(() -> Thread.currentThread().getName()).get()); pool.shutdown(); System.out.println(CompletableFuture.supplyAsync(() -> Thread.currentThread().getName()).get() + ForkJoinPool.commonPool().getParallelism() + new Timer(true).getClass());"),
        ["reflection"] = Body("for (var method : Main.class.getDeclaredMethods()) System.out.println(method); try { Main.class.getMethod(\"fail\").invoke(null); } catch (Exception error) { error.printStackTrace(); } } public static void fail() { throw new RuntimeException(\"reflected\");"),
        ["a proxy"] = Body("var proxy = (Runnable) java.lang.reflect.Proxy.newProxyInstance(Main.class.getClassLoader(), new Class<?>[] {Runnable.class}, (self, method, given) -> null); System.out.println(proxy.getClass() + \" \" + new Object() { }.getClass() + ((Runnable) () -> { }).getClass().getSimpleName().replaceAll(\"/.*\", \"\"));"),
        ["a record and a sealed interface"] = Body("System.out.println(new Point(1, 2) + \" \" + new Point(1, 2).equals(new Point(1, 2)) + new Point(3, 4).hashCode() + Shape.class.isSealed() + Arrays.toString(Shape.class.getPermittedSubclasses())); } sealed interface Shape permits Point { } record Point(int x, int y) implements Shape {"),
        ["class loaders"] = Body("var loader = Main.class.getClassLoader(); System.out.println(loader.getName() + loader.getClass() + loader.getParent().getName() + loader.getParent().getParent() + (loader == ClassLoader.getSystemClassLoader()) + Main.class.getProtectionDomain().getCodeSource().getLocation() + Main.class.getModule() + Main.class.getPackage());"),
        ["resources"] = Body("System.out.println(Main.class.getResource(\"Main.class\") + \" \" + ClassLoader.getSystemResource(\"nothing\") + Main.class.getResourceAsStream(\"data.txt\").readAllBytes().length + Collections.list(ClassLoader.getSystemResources(\"data.txt\")));"),
        ["a class that is missing"] = Body("for (var name : List.of(\"Nothing\", \"WarmUp\", \"CompileHost\", \"Compiler\")) try { Class.forName(name); } catch (ClassNotFoundException error) { System.out.println(error); } Class.forName(\"org.nothing.Here\");"),
        ["modules"] = Body("System.out.println(ModuleLayer.boot().modules().stream().map(Module::getName).sorted().toList()); System.out.println(ModuleLayer.boot().configuration().modules().size());"),
        ["identities"] = Body("System.out.println(new Object()); System.out.println(System.identityHashCode(args)); System.out.println(new int[0]);"),
        ["an assertion"] = Body("assert false : \"not checked\"; System.out.println(Main.class.desiredAssertionStatus());"),
        ["clocks"] = Body("var runtime = ManagementFactory.getRuntimeMXBean(); System.out.println((runtime.getUptime() < 30000) + \" \" + (Math.abs(System.currentTimeMillis() - runtime.getStartTime() - runtime.getUptime()) < 2000) + runtime.getName() + ManagementFactory.getThreadMXBean().getThreadCount());"),
        ["no collection of garbage yet"] = Body("System.out.println(ManagementFactory.getGarbageCollectorMXBeans().stream().map(bean -> bean.getName() + bean.getCollectionCount()).toList());"),
        ["logging"] = Body("java.util.logging.Logger.getLogger(\"x\").fine(\"hidden\"); System.out.println(java.util.logging.Logger.getLogger(\"x\").getParent().getLevel());"),
        ["a security manager"] = Body("System.setSecurityManager(null); System.out.println(System.getSecurityManager());"),
        ["encryption"] = Body("System.out.println(new java.math.BigInteger(1, java.security.MessageDigest.getInstance(\"SHA-256\").digest(\"x\".getBytes())).toString(16) + Arrays.toString(java.security.Security.getProviders()));"),
    };

    /// <summary>Its streams, files and processes, and what it is called.</summary>
    public static readonly Dictionary<string, string> Surroundings = new()
    {
        ["hello"] = Body("System.out.println(\"hello \" + (1 + 1) + ' ' + args.length);"),
        ["arguments"] = Body("System.out.println(Arrays.toString(args)); for (var each : args) System.out.println(each.length());"),
        ["the environment"] = Body("System.out.println(new TreeMap<>(System.getenv())); System.out.println(System.getenv());"),
        ["standard input by a scanner"] = Body("var in = new Scanner(System.in); System.out.println(in.nextLine() + \"|\" + in.nextInt() + \"|\" + in.hasNext()); in.nextLine();"),
        ["standard input by a reader"] = Body("var in = new BufferedReader(new InputStreamReader(System.in)); for (String line; (line = in.readLine()) != null;) System.out.println(line.length() + line); System.out.println(System.in.available() + \" \" + System.in.read());"),
        ["standard input as bytes"] = Body("System.out.println(new String(System.in.readAllBytes(), \"UTF-8\").toUpperCase() + System.in.getClass() + System.console());"),
        ["streams"] = Body("System.out.println(System.out.getClass() + \" \" + System.err.getClass() + System.out.checkError()); System.err.println(\"err\"); System.out.write(new byte[] {65, 10}); System.out.print(\"no newline\");"),
        ["much output"] = Body("for (int i = 0; i < 20000; i++) System.out.println(\"line \" + i); System.err.println(\"end\");"),
        ["output that is not flushed"] = Body("var out = new PrintWriter(System.out); out.println(\"lost\"); var other = new BufferedWriter(new OutputStreamWriter(System.out)); other.write(\"kept\"); other.flush();"),
        ["letters"] = Body("System.out.println(\"ü €  𝄞 \" + Charset.defaultCharset() + \" \" + \"ß\".toUpperCase() + new InputStreamReader(System.in).getEncoding() + System.getProperty(\"sun.stdout.encoding\")); System.err.println(\"日本\");"),
        ["files"] = Body("Files.writeString(Path.of(\"made.txt\"), \"text\"); System.out.println(Files.readAllLines(Path.of(\"made.txt\")) + Path.of(\"\").toAbsolutePath().toString() + Arrays.toString(new File(\".\").list((folder, name) -> !name.endsWith(\".class\"))) + Files.createTempFile(\"a\", \"b\").getParent() + Arrays.toString(new File(\"/tmp\").list((folder, name) -> !name.startsWith(\"a\"))));"),
        ["descriptors"] = Body("for (var name : new TreeSet<>(Arrays.asList(new File(\"/proc/self/fd\").list()))) { var link = Path.of(\"/proc/self/fd/\" + name); if (Files.exists(link)) System.out.println(name + \" \" + Files.readSymbolicLink(link).toString().replaceAll(\"\\\\[.*\", \"\")); }"),
        ["itself as a process"] = Body("var info = ProcessHandle.current().info(); System.out.println(info.command() + \" \" + info.user() + ProcessHandle.current().parent().map(ProcessHandle::pid) + ProcessHandle.current().pid() + Files.readString(Path.of(\"/proc/self/comm\")) + Files.readString(Path.of(\"/proc/self/cmdline\")).startsWith(\"java\\0-XX\"));"),
        ["limits"] = Body("System.out.println(Files.readString(Path.of(\"/proc/self/limits\")).replaceAll(\"Max cpu time.*\", \"\"));"),
        ["a shell"] = Body("var shell = new ProcessBuilder(\"sh\", \"-c\", \"echo $0 $LD_PRELOAD $CLASSPATH; pwd; env | sort; ls /proc/self/fd; exit 3\").inheritIO().start(); System.out.println(shell.waitFor());"),
        ["a child's output"] = Body("var child = Runtime.getRuntime().exec(new String[] {\"cat\"}); child.outputWriter().append(\"through\").close(); System.out.println(new String(child.getInputStream().readAllBytes()) + child.waitFor());"),
        ["another JVM"] = Body("if (args.length == 1) System.out.println(\"child \" + args[0]); else System.out.println(new ProcessBuilder(ProcessHandle.current().info().command().get(), \"-XX:TieredStopAtLevel=1\", \"Main\", \"x\").inheritIO().start().waitFor());"),
        ["a class without main beside one"] = "class Other { static void main(String args) { } } class Third { public static void main(String... args) { System.out.println(\"third\" + args.length); } }",
        ["an interface with main"] = "public interface Main { static void main(String[] args) { System.out.println(new Throwable().getStackTrace()[0]); } }",
        ["an enum with main"] = "public enum Main { ONE; public static void main(String[] args) { System.out.println(ONE + \" \" + ONE.getDeclaringClass()); } }",
        ["a package"] = "package some.where; public class Main { public static void main(String[] args) { System.out.println(Main.class.getName() + Main.class.getPackage()); throw new RuntimeException(\"in a package\"); } }",
        ["a name with other letters"] = "public class Größe { public static void main(String[] args) { System.out.println(new Größe().getClass().getName()); throw new RuntimeException(\"groß\"); } }",
        ["a renamed class"] = "public class Solution { public static void main(String[] args) { System.out.println(System.getProperty(\"sun.java.command\")); new Throwable().printStackTrace(); } }",
    };

    /// <summary>How it ends.</summary>
    public static readonly Dictionary<string, string> Endings = new()
    {
        ["an uncaught exception"] = Body("System.out.println(\"before\"); throw new IllegalStateException(\"outer\", new RuntimeException(\"inner\", new Error(\"innermost\")));"),
        ["a checked exception"] = Body("deeper(3); } static void deeper(int left) throws Exception { if (left == 0) throw new IOException(\"deep\"); deeper(left - 1);"),
        ["an exception in a lambda"] = Body("List.of(1, 0).stream().map(number -> 1 / number).forEach(System.out::println);"),
        ["an exception with suppressed ones"] = Body("try (Closeable one = () -> { throw new IOException(\"close\"); }) { throw new RuntimeException(\"body\"); }"),
        ["an exception that prints itself"] = Body("throw new RuntimeException() { @Override public void printStackTrace(PrintStream out) { out.println(\"mine\"); } };"),
        ["a failing initializer"] = "public class Main { static int number = 1 / 0; public static void main(String[] args) { } }",
        ["a failing initializer of another class"] = Body("try { Bad.number++; } catch (Throwable error) { System.out.println(error + \" \" + error.getCause()); } Bad.number++; } static class Bad { static int number = Integer.parseInt(\"x\");"),
        ["a handler of uncaught exceptions"] = Body("Thread.setDefaultUncaughtExceptionHandler((thread, error) -> System.out.println(thread + \" \" + error)); throw new Exception(\"mine\");"),
        ["a handler and a failing initializer"] = "public class Main { static { Thread.setDefaultUncaughtExceptionHandler((thread, error) -> System.out.println(\"mine \" + error)); if (true) throw new IllegalStateException(\"no\"); } public static void main(String[] args) { } }",
        ["a status"] = Body("System.out.print(\"bye\"); System.exit(7);"),
        ["a halt"] = Body("Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(\"never\"))); System.out.println(\"now\"); Runtime.getRuntime().halt(9);"),
        ["a signal"] = Body("System.out.println(\"before\"); new ProcessBuilder(\"kill\", \"-TERM\", \"\" + ProcessHandle.current().pid()).start().waitFor(); Thread.sleep(10000);"),
        ["hooks at the end"] = Body("Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(\"hook \" + Thread.currentThread().getName()))); System.out.println(\"main ends\"); throw new Exception(\"anyway\");"),
        ["a thread that outlives main"] = Body("var main = Thread.currentThread(); new Thread(() -> { while (Thread.getAllStackTraces().keySet().stream().map(Thread::getName).noneMatch(\"DestroyJavaVM\"::equals)) Thread.yield(); System.out.println(main.getState() + \" \" + Thread.activeCount()); }).start();"),
        ["a daemon"] = Body("var thread = new Thread(() -> { while (true) Thread.onSpinWait(); }); thread.setDaemon(true); thread.start(); System.out.println(\"end\");"),
        ["a deep recursion"] = Body("try { down(0); } catch (StackOverflowError error) { System.out.println(error + \" \" + (error.getStackTrace().length) + error.getStackTrace()[9]); } } static int down(int depth) { return down(depth + 1) + 1;"),
        ["an uncaught overflow"] = Body("down(0); } static int down(int depth) { return down(depth + 1) + 1;"),
        ["out of memory"] = Body("System.out.println(Runtime.getRuntime().maxMemory() + \" \" + Runtime.getRuntime().availableProcessors()); var list = new ArrayList<long[]>(); while (true) list.add(new long[1 << 20]);"),
        ["an array that is too large"] = Body("System.out.println(new int[Integer.MAX_VALUE].length);"),
        ["no main method"] = "public class Main { }",
        ["a main that is not static"] = "public class Main { public void main(String[] args) { } }",
        ["a main that returns something"] = "public class Main { public static int main(String[] args) { return 1; } }",
    };

    /// <summary>What javac has something to say about.</summary>
    public static readonly Dictionary<string, string> Compilations = new()
    {
        ["an error"] = Body("int number = \"text\";"),
        ["many errors"] = Body(string.Concat(Enumerable.Range(0, 120).Select(index => $"\n        undefined{index}();"))),
        ["an error of syntax"] = "public class Main { void half( { } ",
        ["an error in a renamed class"] = "public class Solution { public static void main(String[] args) { oops(); } }",
        ["a warning"] = Body("var list = new ArrayList(); list.add(new Integer(1)); System.out.println(list);"),
        ["letters that are not Unicode"] = "public class Main { String s = \"\uFFFD\"; int ü = \"é\"; }",
        ["nothing"] = "",
        ["no class but a package"] = "package nothing;",
        ["a text that never ends"] = "public class Main { String text = \"\"\"\n never",
        ["generics"] = Body("List<String> words = List.of(1, 2); Map<String, ? extends Number> map = new HashMap<Integer, Integer>();"),
        ["a sealed class without heirs"] = "sealed class Main permits Other { } class Other { }",
        ["an unhandled exception"] = "public class Main { public static void main(String[] args) { throw new Exception(); } }",
        ["an expression that is too deep"] = Body("var text = \"a\"" + string.Concat(Enumerable.Repeat("+args", 9000)) + ";"),
    };

    private static string Body(string body) => $$"""
        import java.io.*;
        import java.lang.management.ManagementFactory;
        import java.nio.charset.*;
        import java.nio.file.*;
        import java.text.*;
        import java.util.*;
        import java.util.concurrent.*;

        public class Main {
            public static void main(String[] args) throws Exception {
                {{body}}
            }
        }
        """;
}
