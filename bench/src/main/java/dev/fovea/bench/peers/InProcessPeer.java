package dev.fovea.bench.peers;

import dev.fovea.bench.ProcessTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The pipeline in a Python process that predicts a number of images on command ({@code in_process.py}). */
final class InProcessPeer implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final PrintStream counts;
    private final BufferedReader results;

    private InProcessPeer(String name, Process process) {
        this.name = name;
        this.process = process;
        this.counts = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.results = process.inputReader();
    }

    /**
     * What a round gave.
     *
     * @param labels of the first 20 images
     */
    record Round(double seconds, List<String> labels) {}

    /**
     * Starts it.
     *
     * @param name in reports
     * @param configuration of {@code pipeline.py}
     * @param kind {@code threads} or {@code processes}
     * @param images a directory of image files
     */
    static InProcessPeer start(String name, Path python, Path scripts, String configuration, String kind, Path images)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(python.toString(), "in_process.py", kind, images.toString())
                .directory(scripts.toFile())
                .redirectError(scripts.resolve("in_process.log").toFile());
        builder.environment().put("PEER_CONFIG", configuration);
        return new InProcessPeer(name, builder.start());
    }

    /** In reports. */
    String name() {
        return name;
    }

    ProcessTree tree() {
        return ProcessTree.of(process);
    }

    Round predict(int images) throws IOException {
        counts.println(images);
        String line = results.readLine();
        if (line == null) {
            throw new IOException("in_process.py ended; see in_process.log");
        }
        String[] fields = line.split("\t");
        return new Round(Double.parseDouble(fields[0]), Arrays.asList(fields).subList(1, fields.length));
    }

    @Override
    public void close() {
        counts.close();
        tree().stop(STOP);
    }
}
