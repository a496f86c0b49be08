package dev.fovea.pipeline;

import com.sun.management.OperatingSystemMXBean;
import dev.fovea.pipeline.request.ImportRequest;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Limits of time and memory of an import. */
public final class ImportLimits {

    private static final long MB = 1_000_000;
    private static final long SMALL_BYTES = 3000 * MB;
    private static final int SECONDS = 180;

    /** Copies in memory: the file, its graph in Java and the ONNX Runtime session, some twice. */
    private static final int COPIES = 8;

    private static final double MAX_MEMORY_SHARE = 0.75;

    private ImportLimits() {}

    /** The limits of a valid request. */
    public static BoundedProcess.ProcessLimits of(ImportRequest request) {
        Path file = Path.of(request.file());
        return new BoundedProcess.ProcessLimits(
                Duration.ofSeconds(request.limits().seconds().orElse(SECONDS)),
                request.limits().memoryMb().map(megabytes -> megabytes * MB).orElseGet(() -> usual(file)),
                "--max-seconds or --max-memory-mb");
    }

    private static long usual(Path onnx) {
        long estimated = SMALL_BYTES + COPIES * onnx.toFile().length() + externalData(onnx);
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? Math.min(estimated, (long) (MAX_MEMORY_SHARE * machine.getTotalMemorySize()))
                : estimated;
    }

    /** Size of the external weights, if any. */
    private static long externalData(Path onnx) {
        Path data = onnx.resolveSibling(onnx.getFileName() + ".data");
        return Files.exists(data) ? COPIES * data.toFile().length() : 0;
    }
}
