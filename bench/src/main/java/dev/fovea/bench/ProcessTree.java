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

    /** {@code sysconf(_SC_CLK_TCK)} on every Linux that runs Java. */
    private static final double TICKS_PER_SECOND = 100;

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
            seconds += ticks(pid, 14, 17) / TICKS_PER_SECOND;
        }
        return seconds;
    }

    /** The same of one process without its descendants. */
    public static double processorSeconds(long pid) throws IOException {
        return ticks(pid, 14, 15) / TICKS_PER_SECOND;
    }

    /** The sum of fields of {@code /proc/PID/stat}: user and system time, then those of children that ended. */
    private static long ticks(long pid, int first, int last) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        // the program name, in brackets, may contain spaces; the state after it is field 3
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = first; field <= last; field++) {
            ticks += Long.parseLong(fields[field - 3]);
        }
        return ticks;
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
