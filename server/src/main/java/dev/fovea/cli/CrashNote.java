package dev.fovea.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a fault of the program's own where it can be found, instead of showing a stack trace. */
final class CrashNote {

    private CrashNote() {}

    /** Writes the trace to a file of its own and tells where. */
    static String write(Throwable fault) {
        try {
            Path file = Files.createTempFile("fovea-fault-", ".txt");
            try (PrintWriter writer = new PrintWriter(file.toFile(), StandardCharsets.UTF_8)) {
                fault.printStackTrace(writer);
            }
            return file.toString();
        } catch (IOException e) {
            return "no file, for " + e.getMessage();
        }
    }
}
