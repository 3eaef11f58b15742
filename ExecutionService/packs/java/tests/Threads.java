import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

public class Main {
    public static void main(String[] args) throws Exception {
        var counter = new AtomicInteger();
        var everyone = new CyclicBarrier(100);
        var threads = Executors.newFixedThreadPool(100);
        for (int i = 0; i < 100; i++) {
            threads.submit(() -> {
                everyone.await();
                for (int step = 0; step < 1000; step++) {
                    counter.incrementAndGet();
                }
                return null;
            });
        }
        threads.shutdown();
        threads.awaitTermination(9, TimeUnit.SECONDS);
        System.out.println(counter);

        System.out.println(IntStream.range(0, 4).parallel().map(number -> number * number).boxed().toList());
    }
}
