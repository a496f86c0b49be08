package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/**
 * An independent implementation from Python's package index, run by {@code label_peers.py}. The variable
 * {@code STATISTICS_PYTHON} names a Python that has it; without one the test is skipped and says so.
 */
public final class LabelPeer {

    private static final String VARIABLE = "STATISTICS_PYTHON";

    private final String python;
    private final String peer;
    private final Path directory;

    private LabelPeer(String python, String peer, Path directory) {
        this.python = python;
        this.peer = peer;
        this.directory = directory;
    }

    /**
     * A peer, or the test is skipped.
     *
     * @param peer the name that the script knows it by
     * @param module that Python must have for it
     * @param directory for files
     */
    public static LabelPeer require(String peer, String module, Path directory) throws IOException {
        String python = System.getenv().getOrDefault(VARIABLE, "python3");
        Assumptions.assumeTrue(
                isThere(python, module),
                "SKIPPED: %s has no %s; set %s to a Python with crowd-kit, krippendorff, statsmodels and cleanlab."
                        .formatted(python, module, VARIABLE));
        return new LabelPeer(python, peer, directory);
    }

    private static boolean isThere(String python, String module) throws IOException {
        String find = "import importlib.util, sys; sys.exit(importlib.util.find_spec('%s') is None)".formatted(module);
        try {
            return exit(new ProcessBuilder(python, "-c", find)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start())
                    == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    /** The results of the peer by name, for lines of numbers. */
    public Map<String, double[]> run(List<String> lines) throws IOException {
        Path input = Files.write(directory.resolve(peer + ".txt"), lines);
        Path errors = directory.resolve(peer + ".errors");
        Process process = new ProcessBuilder(python, script().toString(), peer, input.toString())
                .redirectError(errors.toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(exit(process)).as(() -> read(errors)).isZero();
        return said.lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(
                        words -> words[0],
                        words -> Arrays.stream(words)
                                .skip(1)
                                .mapToDouble(Double::parseDouble)
                                .toArray()));
    }

    private Path script() throws IOException {
        try (InputStream source = Objects.requireNonNull(LabelPeer.class.getResourceAsStream("label_peers.py"))) {
            return Files.write(directory.resolve("label_peers.py"), source.readAllBytes());
        }
    }

    private static int exit(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String read(Path errors) {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
