package dev.fovea.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** User and system time that a process has used, from {@code /proc/PID/stat} (proc(5), fields 14 and 15). */
public final class ProcessorTime {

    /** {@code sysconf(_SC_CLK_TCK)} on every Linux that runs Java. */
    private static final double TICKS_PER_SECOND = 100;

    private ProcessorTime() {}

    /** Seconds, of all threads. */
    public static double seconds(long pid) throws IOException {
        return ticks(pid, 14, 15) / TICKS_PER_SECOND;
    }

    /** The same with the children that ended and were waited for (fields 16 and 17). */
    static double secondsWithEnded(long pid) throws IOException {
        return ticks(pid, 14, 17) / TICKS_PER_SECOND;
    }

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
}
