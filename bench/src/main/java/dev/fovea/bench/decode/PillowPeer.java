package dev.fovea.bench.decode;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Pillow in a Python process that decodes one file after another ({@code decode_peer.py}). */
final class PillowPeer implements AutoCloseable {

    /** What Pillow makes of a file. */
    sealed interface Prediction {}

    /** It raised an error. */
    record Undecoded(String why) implements Prediction {}

    /** Red, green, blue, upright, {@code width × height × 3} bytes each. */
    @SuppressWarnings("ArrayRecordComponent") // read once, not compared
    record Pixels(String format, int width, int height, byte[] overWhite, byte[] dropped) implements Prediction {}

    private final Process process;
    private final PrintStream names;
    private final DataInputStream predictions;
    private final String version;

    private PillowPeer(Process process) throws IOException {
        this.process = process;
        this.names = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.predictions = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.version = text();
    }

    static PillowPeer start(String python, Path script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(python, script.toString());
        builder.environment().put("PYTHONUTF8", "1");
        return new PillowPeer(
                builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    String version() {
        return version;
    }

    Prediction decode(Path file) throws IOException {
        names.println(file.toAbsolutePath());
        if (predictions.readByte() == 0) {
            return new Undecoded(text());
        }
        String format = text();
        int width = predictions.readInt();
        int height = predictions.readInt();
        int length = Math.multiplyExact(Math.multiplyExact(width, height), 3);
        return new Pixels(format, width, height, predictions.readNBytes(length), predictions.readNBytes(length));
    }

    private String text() throws IOException {
        return new String(predictions.readNBytes(predictions.readInt()), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        names.close();
        process.destroy();
    }
}
