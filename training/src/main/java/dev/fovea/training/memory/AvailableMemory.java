package dev.fovea.training.memory;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The memory that a training process may use. */
public final class AvailableMemory {

    private AvailableMemory() {}

    /** All of the machine, or of its container's limit, but for what the process that started this one has. */
    public static long bytes() {
        long all =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        long parent = ProcessHandle.current()
                .parent()
                .map(process -> ResidentMemory.of(process.pid()).orElse(0))
                .orElse(0L);
        return all - parent;
    }
}
