package dev.fovea.pipeline.run;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** What is the same for all runs of a process. */
public final class RunTags {

    /** The engine that all weights are trained with, as {@code PyTorch 2.7.1}. */
    public static final String ENGINE = "engine";

    private static final long MB = 1_000_000;

    private RunTags() {}

    /**
     * Versions, machine and person.
     *
     * @param fovea version of this program
     * @param onnxRuntime version of ONNX Runtime
     * @param machine in words
     * @param user the person or program that trains
     */
    public static Map<String, String> of(String fovea, String onnxRuntime, String machine, String user) {
        return Map.of(
                "fovea_version", fovea,
                "java_version", Runtime.version().toString(),
                "onnxruntime_version", onnxRuntime,
                "machine", machine,
                "cpu_cores", Integer.toString(Runtime.getRuntime().availableProcessors()),
                "memory_mb", Long.toString(memory() / MB),
                "user", user);
    }

    /** Of the machine, or of its container's limit. */
    private static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
