package dev.fovea.training.memory;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The memory that a training process may use. */
public final class AvailableMemory {

    private static final Path SYSTEM = Path.of("/proc/meminfo");

    private AvailableMemory() {}

    /**
     * What the machine can give without taking it from other programs, and no more than its container's limit leaves
     * beside the process that started this one.
     */
    public static long bytes() {
        long all =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        long parent = ProcessHandle.current()
                .parent()
                .map(process -> ResidentMemory.of(process.pid()).orElse(0))
                .orElse(0L);
        return Math.min(all - parent, system().orElse(Long.MAX_VALUE));
    }

    private static OptionalLong system() {
        try {
            return available(Files.readAllLines(SYSTEM));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** What {@code /proc/meminfo} says can be had without swapping; empty where it does not say so. */
    static OptionalLong available(List<String> lines) {
        return ResidentMemory.value(lines, "MemAvailable:");
    }
}
