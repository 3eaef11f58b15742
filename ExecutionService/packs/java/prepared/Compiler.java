import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Compiles the sources into the current folder, and writes down which class to start.
 * Usage: Compiler ENTRY-POINT SOURCE-OR-COMPILER-ARGUMENT..., of which the first is the entry point again
 */
public final class Compiler {
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
        "^public +(?:(?:abstract|final|sealed|non-sealed|strictfp) +)*(?:class|interface|enum|record) +([^ \\t\\r\\n{<(/]+)", Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^[ \\t]*package[ \\t]+([^\\s;]+)[ \\t]*;", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("(?:class|record|enum|interface)[ \\t]+([^\\s{<(]+)");

    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments[0], List.of(arguments).subList(1, arguments.length)));
    }

    /** Returns the status of javac. */
    static int run(String entry, List<String> given) throws IOException {
        var arguments = new ArrayList<>(List.of("-encoding", "UTF-8", "-proc:none", "-d", "."));
        arguments.addAll(given);
        var renamed = renamed(entry);
        if (renamed != null) arguments.set(arguments.indexOf(entry), renamed);

        var diagnostics = new StringWriter();
        var status = compile(arguments, System.out, diagnostics);
        System.err.print(renamed == null ? diagnostics : diagnostics.toString().replaceAll(
            "(?m)^" + Pattern.quote(renamed + ":"), Matcher.quoteReplacement(entry + ":")));
        System.err.flush();
        if (status == 0) Files.writeString(Path.of("main-class.args"), mainClass(entry, arguments) + "\n");
        return status;
    }

    static int compile(List<String> arguments, PrintStream out, StringWriter diagnostics) throws IOException {
        if (arguments.stream().anyMatch(argument -> argument.startsWith("-J"))) return compileApart(arguments, out, diagnostics);
        useClassPathOfPrograms();
        return ToolProvider.findFirst("javac").orElseThrow().run(new PrintWriter(out, true), new PrintWriter(diagnostics, true), arguments.toArray(String[]::new));
    }

    /** What the launcher of javac tells it, so that it does not look into the class path on which this runs. */
    private static void useClassPathOfPrograms() {
        System.setProperty("application.home", System.getProperty("java.home"));
        var classPath = System.getenv("CLASSPATH");
        if (classPath != null) System.setProperty("env.class.path", classPath);
    }

    /** Some arguments are for a JVM that is yet to start. */
    private static int compileApart(List<String> arguments, PrintStream out, StringWriter diagnostics) throws IOException {
        var command = Stream.concat(Stream.of("javac", "-J-XX:+UseSerialGC", "-J-Xmx" + Runtime.getRuntime().maxMemory()), arguments.stream()).toList();
        out.flush();
        var javac = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
        new InputStreamReader(javac.getErrorStream()).transferTo(diagnostics);
        try {
            return javac.waitFor();
        } catch (InterruptedException error) {
            throw new IllegalStateException(error);
        }
    }

    /**
     * Java insists that a public class lives in a file of its own name; people paste any class into Main.java. Such an entry
     * point is compiled under the name that Java wants, and called by its own in what the compiler says.
     */
    private static String renamed(String entry) throws IOException {
        var publicTypes = matches(PUBLIC_TYPE, read(entry)).toList();
        if (publicTypes.isEmpty() || publicTypes.contains(stem(entry))) return null;
        var wanted = publicTypes.get(0) + ".java";
        if (wanted.length() > 200 || Files.exists(Path.of(entry).resolveSibling(wanted))) return null;
        var renamed = Path.of(System.getenv("TMPDIR"), wanted);
        Files.copy(Path.of(entry), renamed);
        return renamed.toString();
    }

    /** Without one, java itself explains what is missing. */
    static String mainClass(String entry, List<String> arguments) {
        return arguments.stream().filter(argument -> argument.endsWith(".java")).flatMap(Compiler::mainClassesOf).findFirst().orElse(stem(entry));
    }

    /** The classes of a source that have a main method, the one named like its file before any other. */
    private static Stream<String> mainClassesOf(String source) {
        var text = read(source);
        var prefix = matches(PACKAGE, text).findFirst().map(name -> name + ".").orElse("");
        return Stream.concat(Stream.of(stem(source)), matches(TYPE, text)).map(prefix::concat).filter(Compiler::hasMain);
    }

    private static boolean hasMain(String type) {
        var file = Path.of(type.replace('.', '/') + ".class");
        if (!Files.exists(file)) return false;
        var code = read(file.toString());
        return code.contains("([Ljava/lang/String;)V") && code.contains("main");
    }

    /** Not every file is what it should be. */
    private static String read(String path) {
        try {
            return new String(Files.readAllBytes(Path.of(path)), StandardCharsets.UTF_8);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }

    private static String stem(String path) {
        var name = Path.of(path).getFileName().toString();
        return name.endsWith(".java") ? name.substring(0, name.length() - ".java".length()) : name;
    }
}
