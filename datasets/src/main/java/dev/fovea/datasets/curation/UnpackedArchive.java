package dev.fovea.datasets.curation;

import dev.fovea.datasets.archive.ArchiveLimits;
import dev.fovea.datasets.archive.ArchiveReader;
import dev.fovea.datasets.archive.ArchiveReport;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An archive that was unpacked to be read as a folder; closing it deletes the folder.
 *
 * @param folder where its files are
 * @param report what was left out
 */
public record UnpackedArchive(Path folder, ArchiveReport report) implements AutoCloseable {

    /**
     * Unpacks an archive within limits.
     *
     * @param folder that does not exist yet
     * @throws FoveaException {@code DATASET_INVALID} for a damaged or hostile archive, {@code STORAGE_FAILED} for a
     *     full disk; nothing stays then
     */
    public static UnpackedArchive of(Path archive, Path folder) {
        boolean complete = false;
        try {
            ArchiveReport report = new ArchiveReader(ArchiveLimits.DEFAULT).read(archive, entry -> {
                Path file = folder.resolve(entry.name());
                try {
                    Files.createDirectories(file.resolveSibling(""));
                    Files.write(file, entry.bytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Files.createDirectories(folder);
            complete = true;
            return new UnpackedArchive(folder, report);
        } catch (IOException | UncheckedIOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "%s cannot be unpacked to %s. Check the free space.".formatted(archive, folder),
                    e);
        } finally {
            if (!complete) {
                delete(folder);
            }
        }
    }

    @Override
    public void close() {
        delete(folder);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.getLogger(UnpackedArchive.class.getName())
                    .log(System.Logger.Level.DEBUG, "The next opening of the home removes it", e);
        }
    }
}
