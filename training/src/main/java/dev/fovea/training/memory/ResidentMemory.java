package dev.fovea.training.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Resident memory of processes, where the system has {@code /proc}. */
public final class ResidentMemory {

    private static final long KIBI = 1024;

    private ResidentMemory() {}

    /** The most that this process ever had, in bytes. */
    public static OptionalLong peak() {
        return value(Path.of("/proc/self/status"), "VmHWM:");
    }

    /** What a process has now, in bytes; empty when it has ended. */
    public static OptionalLong of(long pid) {
        return value(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:");
    }

    private static OptionalLong value(Path status, String name) {
        try {
            return value(Files.readAllLines(status), name);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** A size of a file of {@code /proc}, in bytes: the line of that name has it in KiB. */
    static OptionalLong value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBI)
                .findFirst();
    }
}
