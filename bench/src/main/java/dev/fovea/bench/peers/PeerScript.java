package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A script of {@code bench/src/main/python} in the Python of {@code FOVEA_PEER_PYTHON}, which does with other libraries
 * what Fovea does.
 *
 * @param python the interpreter
 */
public record PeerScript(String python, Path script) {

    /**
     * The script; empty, and said so, where the variable is not set.
     *
     * @param peer what it stands for
     * @param packages that it imports
     */
    public static Optional<PeerScript> find(String peer, String packages, String script) {
        String python = System.getenv("FOVEA_PEER_PYTHON");
        if (python == null) {
            BenchReport.say("%s: skipped; set FOVEA_PEER_PYTHON to a Python that has %s".formatted(peer, packages));
            return Optional.empty();
        }
        return Optional.of(
                new PeerScript(python, Path.of(System.getProperty("fovea.root"), "bench/src/main/python", script)));
    }

    /** The lines that it prints; an {@code IOException} when it fails. Its errors go where this process's go. */
    public List<String> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python, script.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (process.waitFor() != 0) {
            throw new IOException("%s %s failed".formatted(python, script));
        }
        return lines;
    }
}
