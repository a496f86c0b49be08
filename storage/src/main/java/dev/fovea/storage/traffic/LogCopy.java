package dev.fovea.storage.traffic;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.files.StorageFailure;
import dev.fovea.storage.traffic.PartFiles.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Copies a prediction log into another home. Rows in segments of processes that have ended become Parquet files first,
 * in the source. Files that were set aside as damaged stay behind. A copy that was interrupted can be repeated.
 */
public final class LogCopy {

    private final TrafficFiles from;
    private final TrafficFiles to;
    private final List<Part> parts;

    private LogCopy(TrafficFiles from, TrafficFiles to, List<Part> parts) {
        this.from = from;
        this.to = to;
        this.parts = parts;
    }

    /**
     * A copy that is not started.
     *
     * @throws FoveaException {@code STATE_CONFLICT} when the target has files that the source has not,
     *     {@code STORAGE_FAILED}, {@code STORAGE_UNAVAILABLE}
     */
    public static LogCopy of(TrafficStores source, TrafficStores target) {
        TrafficFiles from = source.files();
        TrafficFiles to = target.files();
        adoptSegments(from);
        List<Part> parts = from.parts().list("");
        Set<PartName> names = parts.stream().map(Part::name).collect(Collectors.toSet());
        to.parts().list("").stream()
                .filter(part -> !names.contains(part.name()))
                .findFirst()
                .ifPresent(other -> {
                    throw new FoveaException(
                            ErrorCode.STATE_CONFLICT,
                            "The target is not empty: its prediction log has traffic/%s. Copy into a new home or bucket."
                                    .formatted(other.name().key()));
                });
        return new LogCopy(from, to, parts);
    }

    private static void adoptSegments(TrafficFiles from) {
        try (TrafficReader reader = new TrafficReader(from)) {
            new SegmentConversion(from, reader).adopt();
        } catch (IOException | SQLException e) {
            throw StorageFailure.of("Writing Parquet files of the prediction log", from.damaged(), e);
        }
    }

    /** How many files are copied. */
    public int files() {
        return parts.size();
    }

    /**
     * Copies and compares.
     *
     * @param copied runs after each file
     * @throws FoveaException {@code STORAGE_FAILED} when a file of the copy is not the same, or a file is gone
     */
    public void run(Runnable copied) {
        for (Part part : parts) {
            Path scratch = to.workspace().next();
            try {
                Files.copy(from.parts().local(part), scratch);
                String hash = DurableFiles.hash(scratch);
                to.parts().publish(part.name(), scratch);
                if (!DurableFiles.hash(to.parts().local(part)).equals(hash)) {
                    throw new FoveaException(
                            ErrorCode.STORAGE_FAILED,
                            "The copy is not the same: traffic/%s differs. Delete the copy, check both disks and try again."
                                    .formatted(part.name().key()));
                }
            } catch (IOException e) {
                throw StorageFailure.of(
                        "Copying traffic/%s".formatted(part.name().key()), scratch, e);
            } finally {
                delete(scratch);
            }
            copied.run();
        }
    }

    private static void delete(Path scratch) {
        try {
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            System.getLogger(LogCopy.class.getName())
                    .log(System.Logger.Level.DEBUG, "The next opening of the home removes it", e);
        }
    }
}
