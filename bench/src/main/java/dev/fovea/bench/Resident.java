package dev.fovea.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Watches a process's resident size ({@code VmRSS} of {@code /proc/PID/status}) twice a second; to be closed. */
final class Resident implements AutoCloseable {

    private static final int PERIOD_MS = 500;
    private static final double KIB_PER_MB = 1e6 / 1024;

    private final Path status;
    private final List<Double> megabytes = Collections.synchronizedList(new ArrayList<>());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("resident").factory());

    Resident(long pid) {
        this.status = Path.of("/proc", String.valueOf(pid), "status");
        var _ = timer.scheduleAtFixedRate(this::look, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            megabytes.add(megabytes());
        } catch (IOException e) {
            timer.shutdown(); // the process has ended
        }
    }

    /** Megabytes now. */
    double megabytes() throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MB;
            }
        }
        throw new IOException("no VmRSS in " + status);
    }

    /** The largest since it was watched or since the last call. */
    double max() {
        synchronized (megabytes) {
            double max =
                    megabytes.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            megabytes.clear();
            return max;
        }
    }

    /** All so far, oldest first. */
    List<Double> all() {
        synchronized (megabytes) {
            return List.copyOf(megabytes);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
