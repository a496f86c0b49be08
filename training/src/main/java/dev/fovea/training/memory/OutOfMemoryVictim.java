package dev.fovea.training.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whom the system ends when memory runs out: a training that can be resumed, and not the server beside it. */
public final class OutOfMemoryVictim {

    private static final Path SCORE = Path.of("/proc/self/oom_score_adj");

    /** Of 1,000: before everything that has less than half of the machine's memory. */
    private static final int FIRST = 500;

    private OutOfMemoryVictim() {}

    /** Offers this process, where the system is Linux. A process may always raise its score. */
    public static void volunteer() {
        try {
            if (Files.exists(SCORE) && Integer.parseInt(Files.readString(SCORE).strip()) < FIRST) {
                Files.writeString(SCORE, Integer.toString(FIRST));
            }
        } catch (IOException e) {
            // The system then decides by size alone.
        }
    }
}
