package dev.fovea.storage.traffic;

import dev.fovea.fault.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Files of the log that were set aside since this process began, by whichever process of the home. */
final class DamagedFiles {

    private final Path directory;
    private final long before;

    DamagedFiles(Path directory) {
        this.directory = directory;
        this.before = present();
    }

    /**
     * How many.
     *
     * @param own those that this process knows of; with files in an object store there are no others
     */
    long count(long own) {
        return Math.max(own, present() - before);
    }

    /** What to say of them; empty without one. */
    Optional<String> problem(long own) {
        long count = count(own);
        return count == 0
                ? Optional.empty()
                : Optional.of("%s set aside (traffic/damaged); what they had is left out."
                        .formatted(Counted.of(
                                count,
                                "damaged file of the prediction log was",
                                "damaged files of the prediction log were")));
    }

    private long present() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        } catch (IOException e) {
            return 0; // there is none yet
        }
    }
}
