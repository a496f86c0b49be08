package dev.fovea.bench;

import dev.fovea.load.LoadPlan;
import dev.fovea.load.LoadReport;
import dev.fovea.load.PoissonArrivals;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.session.Deadline;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** The 99th percentile at 70 % load with Poisson arrivals, of the server and of the same pipeline called in process. */
final class TailBench {

    private static final String MODEL = "bench";
    private static final double SHARE = 0.7;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final int ROUNDS = 5;
    private static final int REQUESTS = 2_000;
    /** The compiler's work is done on a small model, which is called often in less time. */
    private static final String SMALL_MODEL = "small";

    private static final int SMALL_EDGE = 32;
    private static final int CLIENTS = 8;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int SMALL_REQUESTS = 40_000;
    private static final double BAR = 1.5;

    private TailBench() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (TemporaryDirectory home = TemporaryDirectory.create();
                DecodePool workers = DecodePool.forThisMachine()) {
            BenchSubject subject = BenchSubject.best(home.path());
            Launcher launcher = new Launcher(home.path(), Launcher.MEASURING);
            subject.importAs(MODEL, launcher);
            BenchSubject small = BenchSubject.drawn(home.path(), Scale.SMALL, SMALL_EDGE, 1);
            small.importAs(SMALL_MODEL, launcher);
            BenchReport.machine();
            try (Launcher.Server server = launcher.serve();
                    LoadedModel smallModel = InProcess.load(home.path(), SMALL_MODEL, workers);
                    LoadedModel model = InProcess.load(home.path(), MODEL, workers)) {
                new BenchTraffic(server, SMALL_MODEL, small.images()).peak(SMALL_REQUESTS);
                new Callers(CLIENTS, small.images()).run(SMALL_REQUESTS, Collections.nCopies(CLIENTS, (Callers.Caller)
                        image -> smallModel.predict(image, Deadline.in(TIMEOUT))));
                BenchTraffic traffic = new BenchTraffic(server, MODEL, subject.images());
                traffic.peak(REQUESTS);
                double rate = SHARE * traffic.peak(REQUESTS);
                inProcess(model, subject.images(), rate, 0);
                BenchSeries own = new BenchSeries("in process");
                BenchSeries served = new BenchSeries("server");
                for (int round = 1; round <= ROUNDS; round++) {
                    own.add(inProcess(model, subject.images(), rate, round));
                    served.add(traffic.at(new LoadPlan.Arrivals(rate, WARM_UP, MEASURED, round), Optional.empty())
                            .latencyMs()
                            .map(LoadReport.LatencyMs::p99)
                            .orElse(Double.NaN));
                }
                BenchReport.table("p99 at %.1f requests/s, Poisson arrivals".formatted(rate), "ms", own, served);
                BenchReport.maximum("p99 of the server against in process", served.ratioTo(own), BAR, "×");
            }
            BenchReport.machine();
        }
    }

    /** Milliseconds, counted from when each request was due. */
    private static double inProcess(LoadedModel model, List<byte[]> images, double rate, long seed) {
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        PoissonArrivals arrivals = new PoissonArrivals(rate, seed);
        long start = System.nanoTime();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            int number = 0;
            for (long due = start + arrivals.next(); due - start < MEASURED.toNanos(); due = start + arrivals.next()) {
                long at = due;
                byte[] image = images.get(number++ % images.size());
                while (System.nanoTime() - at < 0) {
                    LockSupport.parkNanos(at - System.nanoTime());
                }
                callers.execute(() -> {
                    model.predict(image, Deadline.in(TIMEOUT));
                    nanos.add(System.nanoTime() - at);
                });
            }
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) (0.99 * sorted.length)] / 1e6;
    }
}
