import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Does what programs do, before there is one. Starts no thread, opens no stream of the process, makes nothing that is numbered. */
public final class WarmUp {
    private static final String INPUT = "Ada\n12 3.5 7000000000\n\u00fcber\n";

    private record Item(String name, int size) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            return Integer.compare(size, other.size);
        }
    }

    private enum Colour { RED, GREEN }

    private sealed interface Shape permits Circle, Square {
        double area();
    }

    private record Circle(double radius) implements Shape {
        @Override
        public double area() {
            return Math.PI * radius * radius;
        }
    }

    private record Square(double side) implements Shape {
        @Override
        public double area() {
            return side * side;
        }
    }

    public static void main(String[] arguments) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, Charset.defaultCharset());
        for (int round = 0; round < 3; round++) {
            read(out);
            collect(out);
            stream(out);
            print(out, round);
            fail(out);
        }
        load();
    }

    private static void read(PrintStream out) throws IOException {
        var scanner = new Scanner(new ByteArrayInputStream(INPUT.getBytes(StandardCharsets.UTF_8)));
        var name = scanner.nextLine().strip();
        out.println("Hello, " + name + "! " + scanner.nextInt() + ' ' + scanner.nextDouble() + scanner.nextLong() + scanner.hasNextLine());
        scanner.nextLine();
        while (scanner.hasNext()) out.print(scanner.next());
        var reader = new BufferedReader(new InputStreamReader(new ByteArrayInputStream(INPUT.getBytes(StandardCharsets.UTF_8))));
        for (String line; (line = reader.readLine()) != null;) {
            for (var word : line.split(" ")) out.println(word + ":" + word.length());
            out.println(line.matches("\\d{1,10}") + line.replaceAll("[aeiou]+", "-").toUpperCase());
        }
    }

    private static void collect(PrintStream out) {
        var list = new ArrayList<>(List.of(3, 1, 2));
        Collections.sort(list);
        list.sort(Comparator.reverseOrder());
        list.removeIf(number -> number > 2);
        var counts = new HashMap<String, Integer>();
        for (var word : Arrays.asList("one", "two", "one")) counts.merge(word, 1, Integer::sum);
        counts.computeIfAbsent("three", String::length);
        for (var entry : new TreeMap<>(counts).entrySet()) out.println(entry.getKey() + " = " + entry.getValue());
        counts.forEach((key, value) -> out.print(key + value));
        var queue = new PriorityQueue<>(Comparator.comparing(Item::size).thenComparing(Item::name));
        queue.add(new Item("a", 2));
        queue.add(new Item("b", 1));
        var deque = new ArrayDeque<>(queue);
        deque.push(queue.poll());
        var items = new LinkedList<>(deque);
        out.println(items + " " + new HashSet<>(items) + items.getFirst().equals(items.getLast()) + Arrays.toString(new int[] {1, 2}));
        var grid = new int[3][3];
        for (var row : grid) Arrays.fill(row, 1);
        out.println(Arrays.deepToString(grid) + new LinkedHashMap<>(Map.of("k", 1L)) + Colour.valueOf("RED") + Colour.values().length);
    }

    private static void stream(PrintStream out) {
        var items = Stream.of("x", "yy", "zz").map(name -> new Item(name, name.length())).toList();
        out.println(items.stream().filter(item -> item.size() > 1).map(Item::name).sorted().collect(Collectors.joining(", ", "[", "]")));
        Map<Integer, Long> sizes = items.stream().collect(Collectors.groupingBy(Item::size, TreeMap::new, Collectors.counting()));
        out.println(sizes);
        out.println(IntStream.rangeClosed(1, 5).map(number -> number * number).filter(number -> number % 2 == 1).sum());
        out.println(IntStream.range(0, 3).mapToObj(Integer::toString).collect(Collectors.toList()));
        out.println(items.stream().mapToInt(Item::size).average().orElse(0) + items.stream().sorted().reduce((a, b) -> b).map(Item::name).orElse(""));
        "text".chars().mapToObj(letter -> (char) letter).forEach(out::print);
        BiFunction<Integer, Integer, Integer> add = (a, b) -> a + b;
        Supplier<List<String>> maker = ArrayList::new;
        Runnable task = () -> out.println(add.apply(1, 2) + Optional.ofNullable(maker.get().isEmpty() ? null : "").map(String::strip).orElse("none"));
        task.run();
    }

    private static void print(PrintStream out, int number) {
        out.printf("%d %5d %05d %x %s %-8s| %.2f %8.3f %c %b %,d%n", number, 42, 42, 255, "s", "left", 3.14159, 2.5, 'c', true, 1234567L);
        out.println(String.format("%s is %d", "it", number) + String.join(",", List.of("a", "b")) + "=".repeat(5) + "%d".formatted(1));
        out.println(new BigInteger("123456789012345678901234567890").multiply(BigInteger.TEN).mod(BigInteger.valueOf(97)) + " " + new BigDecimal("1.10").add(BigDecimal.ONE));
        var builder = new StringBuilder();
        builder.append(1).append('c').append(2.5).append("text").append(true).insert(0, "x").reverse();
        Object object = builder;
        long large = number;
        double fraction = number / 3.0;
        out.println("n=" + number + ", l=" + large + ", d=" + fraction + ", o=" + object + ", c=" + 'c' + ", b=" + (number > 1));
        Object shape = number > 0 ? new Circle(1) : new Square(2);
        if (shape instanceof Shape known) out.println(known + " has " + known.area());
        out.println(switch (Colour.values()[number % 2]) {
            case RED -> "red " + Math.sqrt(2) + Math.pow(2, 10);
            case GREEN -> "green \u2070 " + Integer.toBinaryString(5) + Long.parseLong("12") + Double.parseDouble("1.5");
        });
        out.flush();
    }

    private static void fail(PrintStream out) {
        try {
            throw new IllegalStateException("outer", new IllegalArgumentException("inner"));
        } catch (IllegalStateException error) {
            error.printStackTrace(out);
        }
        try {
            Integer.parseInt("x");
        } catch (NumberFormatException error) {
            out.println(error.getMessage() + error.getClass().getSimpleName());
        }
    }

    /** What would make or number something if it were used. */
    private static void load() throws ClassNotFoundException {
        for (var name : List.of("java.util.Random", "java.util.concurrent.ThreadLocalRandom", "java.util.concurrent.Executors",
            "java.util.concurrent.ThreadPoolExecutor", "java.util.concurrent.ThreadPoolExecutor$Worker", "java.util.concurrent.LinkedBlockingQueue",
            "java.util.concurrent.FutureTask", "java.util.concurrent.CompletableFuture", "java.util.concurrent.CountDownLatch",
            "java.util.concurrent.locks.ReentrantLock", "java.util.concurrent.locks.ReentrantLock$NonfairSync", "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.atomic.AtomicInteger", "java.util.concurrent.atomic.AtomicLong", "java.time.LocalDate", "java.time.Duration",
            "java.nio.file.Files", "java.util.UUID", "java.util.BitSet", "java.io.FileReader", "java.io.FileWriter"))
            Class.forName(name, false, null);
    }
}
