package dev.fovea.pipeline;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.session.SessionSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A command of this program in a child process with limits of time and resident memory. Endless loops, huge folded
 * constants and crashes of ONNX Runtime end with that process. It inherits the virtual machine's options, the class
 * path and the environment, and ends when this process is gone.
 */
public final class BoundedProcess {

    private static final String CHILD = "fovea.bounded";
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final long MB = 1_000_000;

    /** Exit codes from here on are signals, as in a shell. */
    private static final int SIGNALS = 128;

    private final ProcessLimits limits;
    private final String what;

    /**
     * Limits of a child process.
     *
     * @param time from start to end
     * @param bytes resident memory; checked where the system has {@code /proc}
     * @param raise option that raises the limit, for messages
     */
    public record ProcessLimits(Duration time, long bytes, String raise) {}

    /** @param what description for messages, beginning with a capital: {@code Importing x.onnx} */
    public BoundedProcess(String what, ProcessLimits limits) {
        this.what = what;
        this.limits = limits;
    }

    /** Whether this process is such a child; it then ends with its parent. */
    public static boolean isChild() {
        return Boolean.getBoolean(CHILD);
    }

    /** To be called in a child when it starts. */
    public static void endWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            var _ = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(SIGNALS));
        });
    }

    /**
     * Runs a command line on this process' terminal to its end and gives its exit code.
     *
     * @throws FoveaException {@code MODEL_LIMIT_EXCEEDED} when it passed a limit or crashed, {@code CANCELLED}
     */
    public int run(String mainClass, List<String> arguments) {
        return ended(await(start(mainClass, arguments, true), () -> {}));
    }

    /**
     * The same with a text on its standard input and a listener to the lines of its standard output, which is called on
     * a thread of its own; what the listener throws ends the process and is thrown here.
     */
    public int run(String mainClass, List<String> arguments, String input, Consumer<String> output) {
        Process process = start(mainClass, arguments, false);
        AtomicReference<@Nullable RuntimeException> refused = new AtomicReference<>();
        Thread reader = Thread.ofVirtual().name("child-output").start(() -> read(process, output, refused));
        Runnable check = () -> {
            @Nullable RuntimeException why = refused.get();
            if (why != null) {
                throw why;
            }
        };
        write(process, input);
        int status = await(process, check);
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check.run();
        return ended(status);
    }

    private static void read(
            Process process, Consumer<String> output, AtomicReference<@Nullable RuntimeException> refused) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(output);
        } catch (IOException | UncheckedIOException e) {
            // the process was killed; its end says so
        } catch (RuntimeException e) {
            refused.set(e);
        }
    }

    private static void write(Process process, String input) {
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        } catch (IOException e) {
            // it has ended already
        }
    }

    private int await(Process process, Runnable check) {
        Thread stop = new Thread(process::destroyForcibly, "stop-child");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            long end = System.nanoTime() + limits.time().toNanos();
            while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                check.run();
                Optional<String> passed = passed(process, end);
                if (passed.isPresent()) {
                    throw exceeded(passed.get());
                }
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "%s was interrupted.".formatted(what), e);
        } finally {
            process.destroyForcibly();
            forget(stop);
        }
    }

    private static void forget(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // this process ends already
        }
    }

    private Optional<String> passed(Process process, long end) {
        if (System.nanoTime() - end > 0) {
            return Optional.of("more than %d s".formatted(limits.time().toSeconds()));
        }
        return resident(process.pid()) > limits.bytes()
                ? Optional.of("more than %,d MB of memory".formatted(limits.bytes() / MB))
                : Optional.empty();
    }

    private int ended(int status) {
        if (status >= SIGNALS) {
            throw new FoveaException(
                    ErrorCode.MODEL_LIMIT_EXCEEDED,
                    "%s ended its process with status %d: it crashed ONNX Runtime, or memory ran out. Nothing was registered. Check the file, or export it again."
                            .formatted(what, status));
        }
        return status;
    }

    private FoveaException exceeded(String passed) {
        return new FoveaException(
                ErrorCode.MODEL_LIMIT_EXCEEDED,
                "%s took %s and was stopped; nothing was registered. Check the network for loops and large constants, or raise the limit with %s."
                        .formatted(what, passed, limits.raise()));
    }

    private Process start(String mainClass, List<String> arguments, boolean terminal) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-XX:AOTCacheOutput") && !option.startsWith("-agentlib"))
                .forEach(command::add);
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "fovea-crash-%p.log"));
        command.add("-D%s=true".formatted(CHILD));
        command.add(mainClass);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder = terminal ? builder.inheritIO() : builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path", ""));
        builder.environment().put(SessionSettings.LIMIT_VARIABLE, seconds());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.INTERNAL,
                    "A process for it could not be started (%s). Is there memory, and a limit of processes?"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /** The child's own limits equal those of the parent. */
    private String seconds() {
        return Math.max(1, limits.time().toSeconds()) + "s";
    }

    /** Resident memory of a process in bytes; 0 where unknown. */
    private static long resident(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // it has just ended, or this system has no /proc
        }
    }
}
