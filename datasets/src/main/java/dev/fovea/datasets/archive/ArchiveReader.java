package dev.fovea.datasets.archive;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a ZIP, TAR or gzipped TAR archive, one file at a time in memory. Nothing is written, so that no name can lead
 * outside; links are not followed; archives inside are not opened.
 *
 * <p>Refused as {@code DATASET_INVALID}, with the entry and the remedy: an archive whose names are absolute or contain
 * {@code ..}, one past {@link ArchiveLimits}, one that is damaged or of another kind. Files that were handed over
 * before are the caller's to drop: keep them only when {@link #read} returns. Left out and reported: links and devices,
 * archives inside, hidden files, entries that are damaged, encrypted, too large or named twice.
 */
public final class ArchiveReader {

    private static final int MAGIC = 8;

    private final ArchiveLimits limits;

    /** A reader that refuses what is past the limits. */
    public ArchiveReader(ArchiveLimits limits) {
        this.limits = limits;
    }

    /** Whether a file is named as archives are that {@link #read} takes. */
    public static boolean isArchiveName(String name) {
        return EntryName.isReadableArchive(name);
    }

    /** Hands the files of an archive over in its order. */
    public ArchiveReport read(Path archive, Consumer<ArchiveEntry> files) {
        try {
            byte[] magic = magic(archive);
            ArchiveIntake intake = new ArchiveIntake(archive, Files.size(archive), limits, files);
            if (starts(magic, "504b0304") || starts(magic, "504b0506")) {
                ZipEntries.read(archive, intake);
            } else if (starts(magic, "1f8b")) {
                try (InputStream unpacked = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
                    TarEntries.read(new BufferedInputStream(unpacked, 1 << 16), intake);
                }
            } else {
                requireTar(archive, magic);
                try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
                    TarEntries.read(file, intake);
                }
            }
            return intake.report();
        } catch (EOFException e) {
            throw invalid("The archive %s is cut short. Copy it again.".formatted(archive), e);
        } catch (ZipException | StreamCorruptedException e) {
            throw invalid(
                    "%s is damaged, or not an archive that is read. Copy it again, or pack the images as ZIP, TAR or TAR with gzip."
                            .formatted(archive),
                    e);
        } catch (IOException e) {
            throw invalid(
                    "The archive %s cannot be read. Check that it exists and its permissions.".formatted(archive), e);
        }
    }

    private static byte[] magic(Path archive) throws IOException {
        try (InputStream start = Files.newInputStream(archive)) {
            return start.readNBytes(MAGIC);
        }
    }

    private static boolean starts(byte[] magic, String hex) {
        byte[] wanted = HexFormat.of().parseHex(hex);
        return magic.length >= wanted.length && Arrays.equals(magic, 0, wanted.length, wanted, 0, wanted.length);
    }

    private static void requireTar(Path archive, byte[] magic) {
        String kind = starts(magic, "425a68")
                ? "bzip2"
                : starts(magic, "fd377a585a00")
                        ? "xz"
                        : starts(magic, "28b52ffd")
                                ? "Zstandard"
                                : starts(magic, "377abcaf271c") ? "7z" : starts(magic, "526172211a07") ? "RAR" : "";
        if (!kind.isEmpty()) {
            throw invalid("%s is compressed with %s, which is not read. Pack the images as ZIP, TAR or TAR with gzip."
                    .formatted(archive, kind));
        }
    }

    static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.DATASET_INVALID, message);
    }

    private static FoveaException invalid(String message, IOException cause) {
        return new FoveaException(ErrorCode.DATASET_INVALID, message, cause);
    }
}
