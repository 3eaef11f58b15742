import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Waits with a javac that is warm, and then is the compile stage: what Compiler does is done by Compiler. The command on file
 * descriptor 3 (Sandbox/Launcher/protocol.h) is the one that starts it cold.
 * Usage: CompileHost SOURCE, one that has much of what sources have
 */
public final class CompileHost {
    /** More make it faster by less and less, and larger. */
    private static final int ROUNDS = 5;

    private static final String WRONG = """
        import java.util.List;
        class Wrong {
            int number = "text";
            int half(int number) { if (number > 0) return nmuber / 2; }
            String first(List<String> words) { return words.first() }
        }
        """;

    private static final String DOUBTFUL = "class Doubtful { Object list() { java.util.List list = null; list.add(new Integer(1)); return list; } Wrong wrong; }";

    public static void main(String[] arguments) throws IOException {
        warmUp(arguments[0]);
        System.gc();
        var release = readRelease();
        if (release.length == 0) Runtime.getRuntime().halt(0);
        var command = commandOf(ByteBuffer.wrap(release).order(ByteOrder.LITTLE_ENDIAN));
        var own = command.indexOf(Compiler.class.getName()) + 1;
        System.exit(Compiler.run(command.get(own), command.subList(own + 1, command.size())));
    }

    /** Leaves nothing behind, in the workspace not even for a moment. */
    private static void warmUp(String source) throws IOException {
        var folder = Files.createTempDirectory(Path.of(System.getenv("TMPDIR")), "warm-up");
        var wrong = Files.writeString(folder.resolve("Wrong.java"), WRONG).toString();
        var doubtful = Files.writeString(folder.resolve("Doubtful.java"), DOUBTFUL).toString();
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        for (var round = 0; round < ROUNDS; round++) {
            for (var file : round == 0 ? List.of(wrong, doubtful, source) : List.of(source))
                Compiler.compile(List.of("-encoding", "UTF-8", "-proc:none", "-d", folder.toString(), file), nowhere, new StringWriter());
            Compiler.mainClass(source, List.of(source));
        }
        try (var made = Files.walk(folder)) {
            for (var path : made.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    /** Java opens no descriptor by its number, but the kernel does. */
    private static byte[] readRelease() throws IOException {
        var all = new ByteArrayOutputStream();
        try (var release = new FileInputStream("/proc/self/fd/3")) {
            var part = new byte[64 * 1024];
            for (int length; (length = release.read(part)) > 0;) all.write(part, 0, length);
        }
        return all.toByteArray();
    }

    /** A count, then each text behind its length in bytes. */
    private static List<String> commandOf(ByteBuffer release) {
        var command = new ArrayList<String>();
        for (var left = release.getInt(); left > 0; left--) {
            var text = new byte[release.getInt()];
            release.get(text);
            command.add(new String(text, StandardCharsets.UTF_8));
        }
        return command;
    }
}
