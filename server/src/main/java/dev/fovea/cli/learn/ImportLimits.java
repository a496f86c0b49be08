package dev.fovea.cli.learn;

import com.sun.management.OperatingSystemMXBean;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long an import may take, and how much memory. */
final class ImportLimits {

    private static final long MB = 1_000_000;
    private static final long SMALL_BYTES = 3000 * MB;

    /** The file, its graph in Java, and what ONNX Runtime makes of it, some of them twice. */
    private static final int COPIES = 8;

    private static final double MOST_OF_MEMORY = 0.75;

    @Option(
            names = "--max-seconds",
            paramLabel = "N",
            description = "The import is stopped when it takes longer (default: 180).")
    private int seconds = 180;

    @Option(
            names = "--max-memory-mb",
            paramLabel = "N",
            description =
                    "The import is stopped when it takes more memory (default: 3000 and 8 times the file, at most three quarters of the machine's).")
    private @Nullable Integer megabytes;

    /** The limits for a file; {@code ARGUMENT_INVALID}. */
    BoundedProcess.Limits of(Path onnx) {
        requirePositive("--max-seconds", seconds);
        long bytes = usual(onnx);
        if (megabytes != null) {
            requirePositive("--max-memory-mb", megabytes);
            bytes = megabytes * MB;
        }
        return new BoundedProcess.Limits(Duration.ofSeconds(seconds), bytes, "--max-seconds or --max-memory-mb");
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "%s is %d; it must be 1 or more.".formatted(option, value));
        }
    }

    private static long usual(Path onnx) {
        long wanted = SMALL_BYTES + COPIES * onnx.toFile().length() + beside(onnx);
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? Math.min(wanted, (long) (MOST_OF_MEMORY * machine.getTotalMemorySize()))
                : wanted;
    }

    /** Weights may lie beside the file. */
    private static long beside(Path onnx) {
        Path data = onnx.resolveSibling(onnx.getFileName() + ".data");
        return Files.exists(data) ? COPIES * data.toFile().length() : 0;
    }
}
