package dev.fovea.bench.decode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Pillow and numpy in a Python process that turns JPEGs into tensors ({@code tensor_peer.py}). */
final class PillowTensors implements AutoCloseable {

    private final Process process;
    private final PrintStream requests;
    private final BufferedReader responses;
    private final String version;

    PillowTensors(String python, Path script) throws IOException {
        this.process = new ProcessBuilder(python, script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.responses = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.version = line();
    }

    /** Of Pillow. */
    String version() {
        return version;
    }

    /** Processor milliseconds per image; {@code mode} is exact or fast. */
    double milliseconds(String mode, int count, Path jpeg) throws IOException {
        requests.println("%s %d %s".formatted(mode, count, jpeg));
        return Double.parseDouble(line());
    }

    private String line() throws IOException {
        String line = responses.readLine();
        if (line == null) {
            throw new IOException("the Python process ended; see its message above. It needs pillow and numpy.");
        }
        return line;
    }

    @Override
    public void close() {
        requests.close();
        process.destroy();
    }
}
