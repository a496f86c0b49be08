package dev.fovea.training;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.training.memory.MemoryNeed;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs a training in a child process. This isolates the engine's memory and crashes, and allows allocator settings for
 * the engine. The child ends when this process is gone.
 *
 * <p>Two threads read its output; one of them calls the listener. Closing cancels the training.
 */
public final class TrainingProcess implements AutoCloseable {

    /**
     * Environment variables that native libraries read at start. The first three keep the engine's large blocks out of
     * mmap and trim (1.1 to 1.9 times faster). The last two make its threads sleep soon instead of spin for long. With
     * three other processes on two cores, sleeping at once gave 162 instead of 27 images per second; alone it costs up
     * to half, since a step has a thousand parallel regions, some 0.1 ms apart.
     */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MALLOC_MMAP_THRESHOLD_", "4294967296",
            "MALLOC_TRIM_THRESHOLD_", "17179869184",
            "MALLOC_TOP_PAD_", "268435456",
            "OMP_WAIT_POLICY", "PASSIVE",
            "GOMP_SPINCOUNT", "20000");

    /** Disables DJL's usage reports from cloud machines; the environment takes precedence over properties. */
    private static final Map<String, String> NOTHING_LEAVES =
            Map.of("DJL_OFFLINE", "true", "OPT_OUT_TRACKING", "true", "ORT_DISABLE_TELEMETRY", "1");

    private static final int STDERR_LINES = 30;

    /** A process that a signal ends which cannot be caught, as the system does when memory runs out. */
    private static final int KILLED = 137;

    /** Of {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int HEAP_EXHAUSTED = 3;

    private final Process process;
    private final TrainingJson json = new TrainingJson();
    private final Consumer<TrainingEvent> listener;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Thread output;
    private final Thread errors;
    private volatile Optional<TrainingEvent> end = Optional.empty();
    private volatile boolean cancelled;
    private volatile Optional<RuntimeException> refused = Optional.empty();

    private TrainingProcess(Process process, Consumer<TrainingEvent> listener) {
        this.process = process;
        this.listener = listener;
        this.output = Thread.ofPlatform()
                .daemon()
                .name("training-events")
                .start(() -> read(process.getInputStream(), this::event));
        this.errors = Thread.ofPlatform()
                .daemon()
                .name("training-errors")
                .start(() -> read(process.getErrorStream(), this::remember));
    }

    /**
     * Starts training and returns at once.
     *
     * @param workDirectory directory of the request and crash reports; created if absent
     * @param engineCache cache of the engine's unpacked native libraries (about 300 MB); created if absent
     * @param listener receives all events in order
     */
    public static TrainingProcess start(
            TrainingRequest request, Path workDirectory, Path engineCache, Consumer<TrainingEvent> listener) {
        return start(request, Optional.empty(), workDirectory, engineCache, listener);
    }

    /**
     * The same for a training that can be interrupted.
     *
     * @param state file of where the training stands, written every half minute and removed at the end; a training of
     *     the same images, network and settings goes on from there
     */
    public static TrainingProcess start(
            TrainingRequest request,
            Optional<Path> state,
            Path workDirectory,
            Path engineCache,
            Consumer<TrainingEvent> listener) {
        ChildWork work = ChildWork.of(request);
        return start(state.map(work::resumedFrom).orElse(work), workDirectory, engineCache, listener);
    }

    /**
     * What a child process does.
     *
     * @param main name of its main class, which runs {@link TrainingMain#run}
     * @param request the content of the file that it takes as its argument
     * @param heapMegabytes largest heap
     * @param threads of the computation; 0 for one per core
     * @param state its second argument; empty for none
     */
    public record ChildWork(String main, String request, long heapMegabytes, int threads, Optional<Path> state) {

        /** Work that cannot be interrupted. */
        public ChildWork(String main, String request, long heapMegabytes, int threads) {
            this(main, request, heapMegabytes, threads, Optional.empty());
        }

        /** A training of a classifier. */
        public static ChildWork of(TrainingRequest request) {
            return new ChildWork(
                    TrainingMain.class.getName(),
                    new TrainingJson().request(request),
                    request.heapMegabytes(),
                    request.settings().threads());
        }

        /** The same, written down in a file every half minute, from which it goes on. */
        public ChildWork resumedFrom(Path file) {
            return new ChildWork(main, request, heapMegabytes, threads, Optional.of(file));
        }
    }

    /** The same for a training of another kind. */
    public static TrainingProcess start(
            ChildWork work, Path workDirectory, Path engineCache, Consumer<TrainingEvent> listener) {
        try {
            Files.createDirectories(workDirectory);
            Files.createDirectories(engineCache);
            Path file = workDirectory.resolve("request.json");
            Files.writeString(file, work.request());
            return new TrainingProcess(builder(work, file, engineCache).start(), listener);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.TRAINING_FAILED,
                    "The training process could not be started in %s (%s). Check the space and rights there."
                            .formatted(workDirectory, e.getMessage()),
                    e);
        }
    }

    private static ProcessBuilder builder(ChildWork work, Path file, Path engineCache) {
        int threads = work.threads() > 0 ? work.threads() : Runtime.getRuntime().availableProcessors();
        // The class path may exceed the maximum length of a command line.
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx%dm".formatted(work.heapMegabytes()),
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + file.resolveSibling("crash-%p.log"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dai.djl.pytorch.num_threads=" + threads,
                work.main(),
                file.toString())));
        work.state().ifPresent(path -> builder.command().add(path.toString()));
        Map<String, String> environment = builder.environment();
        environment.putAll(ENVIRONMENT);
        environment.putAll(NOTHING_LEAVES);
        environment.put("CLASSPATH", classPath());
        environment.put("OMP_NUM_THREADS", Integer.toString(threads));
        environment.put("DJL_CACHE_DIR", engineCache.toAbsolutePath().toString());
        return builder;
    }

    private static String classPath() {
        String path = System.getProperty("java.class.path", "");
        return path.isEmpty() ? "." + File.pathSeparator : path;
    }

    /**
     * Waits for the end.
     *
     * @throws FoveaException as the process told it; {@code CANCELLED}; {@code TRAINING_FAILED} with its last words
     *     when it died; what the listener threw, which stops the process
     */
    public TrainingEvent.Finished await() throws InterruptedException {
        int status = process.waitFor();
        output.join();
        errors.join();
        if (refused.isPresent()) {
            throw refused.get();
        }
        TrainingEvent last = end.orElseThrow(() -> died(status));
        return switch (last) {
            case TrainingEvent.Finished finished -> finished;
            case TrainingEvent.TrainingFailed failed -> throw new FoveaException(failed.code(), failed.message());
            case TrainingEvent.Started _,
                    TrainingEvent.Progress _,
                    TrainingEvent.MeasuredSteps _,
                    TrainingEvent.Validated _,
                    TrainingEvent.MemoryPlanned _,
                    TrainingEvent.MemoryUsed _ -> throw died(status);
        };
    }

    private FoveaException died(int status) {
        if (cancelled) {
            return new FoveaException(ErrorCode.CANCELLED, "Training was cancelled.");
        }
        if (status == KILLED || (status == HEAP_EXHAUSTED && lastWords().contains("OutOfMemoryError"))) {
            return MemoryNeed.exhausted("It ended with status %d".formatted(status));
        }
        return new FoveaException(
                ErrorCode.TRAINING_FAILED,
                "The training process ended with status %d: see its last lines.%n%s".formatted(status, lastWords()));
    }

    /** Stops the process at once; what it had learned is lost. */
    public void cancel() {
        if (end.isEmpty()) {
            cancelled = true;
        }
        process.destroyForcibly();
    }

    /** Whether it ended without a word, as when it is killed. */
    public boolean isDead() {
        return !process.isAlive() && end.isEmpty() && !cancelled;
    }

    /** The operating system's number of the process. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        cancel();
    }

    private void event(String line) {
        Optional<TrainingEvent> event = json.event(line);
        if (event.isEmpty()) {
            remember(line);
            return;
        }
        if (event.get() instanceof TrainingEvent.Finished || event.get() instanceof TrainingEvent.TrainingFailed) {
            end = event;
        }
        try {
            listener.accept(event.get());
        } catch (RuntimeException e) {
            refused = Optional.of(e);
            cancel();
        }
    }

    private void remember(String line) {
        synchronized (lastLines) {
            lastLines.add(line);
            if (lastLines.size() > STDERR_LINES) {
                lastLines.remove();
            }
        }
    }

    private String lastWords() {
        synchronized (lastLines) {
            return String.join(System.lineSeparator(), lastLines);
        }
    }

    private static void read(InputStream stream, Consumer<String> line) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(line);
        } catch (IOException | UncheckedIOException e) {
            // The process was killed; its exit code reports it.
        }
    }
}
