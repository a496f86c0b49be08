package dev.fovea.pipeline;

import com.sun.management.OperatingSystemMXBean;
import dev.fovea.pipeline.request.ImportRequest;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** How long an import may take, and how much memory. */
public final class ImportLimits {

    private static final long MB = 1_000_000;
    private static final long SMALL_BYTES = 3000 * MB;
    private static final int SECONDS = 180;

    /** The file, its graph in Java, and what ONNX Runtime makes of it, some of them twice. */
    private static final int COPIES = 8;

    private static final double MAX_MEMORY_SHARE = 0.75;

    private ImportLimits() {}

    /** The limits of a request, which is valid. */
    public static BoundedProcess.ProcessLimits of(ImportRequest request) {
        Path file = Path.of(request.file());
        return new BoundedProcess.ProcessLimits(
                Duration.ofSeconds(request.limits().seconds().orElse(SECONDS)),
                request.limits().memoryMb().map(megabytes -> megabytes * MB).orElseGet(() -> usual(file)),
                "--max-seconds or --max-memory-mb");
    }

    private static long usual(Path onnx) {
        long wanted = SMALL_BYTES + COPIES * onnx.toFile().length() + beside(onnx);
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? Math.min(wanted, (long) (MAX_MEMORY_SHARE * machine.getTotalMemorySize()))
                : wanted;
    }

    /** Weights may lie beside the file. */
    private static long beside(Path onnx) {
        Path data = onnx.resolveSibling(onnx.getFileName() + ".data");
        return Files.exists(data) ? COPIES * data.toFile().length() : 0;
    }
}
