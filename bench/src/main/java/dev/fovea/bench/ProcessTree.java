package dev.fovea.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process with all its descendants, from {@code /proc} (proc(5)).
 *
 * @param root the process that was started
 */
public record ProcessTree(ProcessHandle root) {

    private static final double KIB_PER_MB = 1e6 / 1024;

    public static ProcessTree of(Process process) {
        return new ProcessTree(process.toHandle());
    }

    /**
     * User and system time used so far, in seconds; that of descendants that ended is included once they were waited
     * for.
     */
    public double processorSeconds() throws IOException {
        double seconds = 0;
        for (long pid : pids()) {
            seconds += ProcessorTime.secondsWithEnded(pid);
        }
        return seconds;
    }

    /**
     * Resident memory in MB: the private pages of every process, and the shared pages of the process that has most.
     * Libraries that the processes of a tree share count once, whatever other trees map.
     */
    public double residentMegabytes() throws IOException {
        long privateKib = 0;
        long sharedKib = 0;
        for (long pid : pids()) {
            long own = 0;
            long resident = 0;
            for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "smaps_rollup"))) {
                if (line.startsWith("Rss:")) {
                    resident = kib(line);
                } else if (line.startsWith("Private_")) {
                    own += kib(line);
                }
            }
            privateKib += own;
            sharedKib = Math.max(sharedKib, resident - own);
        }
        return (privateKib + sharedKib) / KIB_PER_MB;
    }

    private static long kib(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    private List<Long> pids() {
        List<Long> pids = new ArrayList<>(List.of(root.pid()));
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            descendants.filter(ProcessHandle::isAlive).map(ProcessHandle::pid).forEach(pids::add);
        }
        return pids;
    }

    /** Ends all of it, the root first and politely; an interrupt ends it at once. */
    public void stop(Duration patience) {
        List<ProcessHandle> all;
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            all = descendants.toList();
        }
        root.destroy();
        try {
            root.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // what is left ends below
        }
        all.forEach(ProcessHandle::destroyForcibly);
        root.destroyForcibly();
    }
}
