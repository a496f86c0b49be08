package dev.fovea.bench;

import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Profile;
import dev.fovea.runtime.session.ProfiledSession;
import dev.fovea.runtime.session.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where an image's CPU time goes: in the server, by what its threads do, and in the network, by operator. ONNX Runtime
 * measures the operators, one thread at a time.
 */
final class ProfileBench {

    private static final String MODEL = "bench";
    private static final int CLIENTS = 8;
    private static final int WARM_UP = 4_000;
    private static final int ROUNDS = 7;
    private static final int IMAGES = 400;
    private static final int RUNS = 100;

    private ProfileBench() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        try (TemporaryDirectory home = TemporaryDirectory.create()) {
            BenchSubject subject = BenchSubject.best(home.path());
            Launcher launcher = new Launcher(home.path(), Launcher.MEASURING);
            subject.importAs(MODEL, launcher);
            BenchReport.machine();
            BenchReport.say("model: %s".formatted(subject.name()));
            try (Launcher.Server server = launcher.serve()) {
                threads(server, subject.images());
            }
            operators(home.path(), subject.onnx());
            BenchReport.machine();
        }
    }

    private static void threads(Launcher.Server server, List<byte[]> images) throws Exception {
        ClosedLoop clients = new ClosedLoop(server.port(), CLIENTS, (connection, image) -> {
            var _ = connection
                    .send(BenchConnection.posting("/v1/models/" + MODEL + "/predict", "image/jpeg", image))
                    .successful();
        });
        var _ = clients.run(server.tree(), images, WARM_UP);
        BenchSeries all = new BenchSeries("all");
        Map<String, BenchSeries> byWork = new LinkedHashMap<>();
        long pid = server.process().pid();
        for (int round = 0; round < ROUNDS; round++) {
            ThreadTime before = ThreadTime.of(pid);
            all.add(clients.run(server.tree(), images, IMAGES).processorMs());
            ThreadTime.of(pid)
                    .since(before)
                    .forEach((work, millis) ->
                            byWork.computeIfAbsent(work, BenchSeries::new).add(millis / IMAGES));
        }
        BenchReport.table(
                "CPU time per image of the server, %d clients".formatted(CLIENTS),
                "ms",
                all,
                byWork.values().toArray(BenchSeries[]::new));
    }

    private static void operators(Path home, Path onnx) {
        try (DecodePool workers = DecodePool.forThisMachine();
                LoadedModel model = InProcess.load(home, MODEL, workers);
                ProfiledSession session = Engine.open().profiled(OnnxModel.read(onnx), new SessionSettings(1, false))) {
            List<Tensor> sample = model.sample();
            for (int run = 0; run < RUNS; run++) {
                var _ = session.run(sample);
            }
            Map<String, Double> millis = session.end().operators().values().stream()
                    .collect(Collectors.groupingBy(
                            Profile.ProfiledOperator::type,
                            Collectors.summingDouble(operator -> operator.micros() / 1000)));
            double all =
                    millis.values().stream().mapToDouble(Double::doubleValue).sum();
            BenchReport.say("%ninference by operator, 1 thread: %.2f ms".formatted(all));
            millis.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                    .forEach(operator -> BenchReport.say("  %-44s %10.2f ms %8.0f %%"
                            .formatted(operator.getKey(), operator.getValue(), 100 * operator.getValue() / all)));
        }
    }

    /**
     * CPU time of a process by what its threads do, from {@code /proc/PID/task/TID/schedstat}, which counts
     * nanoseconds.
     *
     * @param nanos by thread: its name and number
     */
    private record ThreadTime(Map<String, Long> nanos) {

        private static final String OTHER = "other threads";

        /** What threads do, by the beginning of their names; the system keeps 15 characters. */
        private static final Map<String, List<String>> WORK = new LinkedHashMap<>();

        static {
            WORK.put("inference", List.of("batcher-", "open-session"));
            WORK.put("decode, resize, normalize", List.of("images-"));
            WORK.put(
                    "HTTP, postprocessing, JSON",
                    List.of(
                            "ForkJoinPool",
                            "VirtualThread-",
                            "MasterPoller",
                            "Read-Poller",
                            "qtp",
                            "jetty",
                            "server-"));
            WORK.put("JIT compilers", List.of("C1 Compiler", "C2 Compiler"));
            WORK.put("garbage collection", List.of("GC Thread", "G1 ", "VM Thread", "VM Periodic"));
            WORK.put(OTHER, List.of());
        }

        /** Of the threads that live now. */
        static ThreadTime of(long pid) throws IOException {
            Map<String, Long> nanos = new TreeMap<>();
            try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
                for (Path thread : threads.toList()) {
                    try {
                        String name = Files.readString(thread.resolve("comm")).strip();
                        String time = Files.readString(thread.resolve("schedstat"));
                        nanos.put(name + " " + thread.getFileName(), Long.parseLong(time.split(" ")[0]));
                    } catch (NoSuchFileException e) {
                        // it ended meanwhile
                    }
                }
            }
            return new ThreadTime(nanos);
        }

        /** Milliseconds since an earlier reading, by kind of work, in the order of an image's way. */
        Map<String, Double> since(ThreadTime earlier) {
            Map<String, Double> millis = new LinkedHashMap<>();
            WORK.keySet().forEach(work -> millis.put(work, 0.0));
            nanos.forEach((thread, now) ->
                    millis.merge(work(thread), (now - earlier.nanos.getOrDefault(thread, 0L)) / 1e6, Double::sum));
            return millis;
        }

        private static String work(String thread) {
            return WORK.entrySet().stream()
                    .filter(work -> work.getValue().stream().anyMatch(thread::startsWith))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(OTHER);
        }
    }
}
