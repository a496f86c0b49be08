package dev.fovea.datasets.archive;

import dev.fovea.datasets.SkippedFile;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Checks entries against the limits, hands files over, and keeps account. Of one thread. */
final class ArchiveIntake {

    private static final int LONGEST_NAME = 1024;

    private final Path archive;
    private final long archiveBytes;
    private final ArchiveLimits limits;
    private final Consumer<ArchiveEntry> files;
    private final Set<String> names = new HashSet<>();
    private final List<SkippedFile> skipped = new ArrayList<>();
    private long entries;
    private long unpacked;
    private long handedOver;
    private long handedOverBytes;

    ArchiveIntake(Path archive, long archiveBytes, ArchiveLimits limits, Consumer<ArchiveEntry> files) {
        this.archive = archive;
        this.archiveBytes = archiveBytes;
        this.limits = limits;
        this.files = files;
    }

    ArchiveReport report() {
        return new ArchiveReport(handedOver, handedOverBytes, skipped);
    }

    /** Counts an entry and checks its name; whatever the entry is, a name that escapes is an attack. */
    void begin(String name) {
        if (++entries > limits.maxEntries()) {
            throw refused(name, "The limit is %,d entries. Pack fewer files, or raise the limit.", limits.maxEntries());
        }
        if (EntryName.escapes(EntryName.normal(name))) {
            throw ArchiveReader.invalid(
                    "The archive %s is refused: the entry \"%s\" leads outside of it. Pack the folder anew with relative names."
                            .formatted(archive, shown(name)));
        }
    }

    /** Whether the entry is a file that should be read; reports why not. */
    boolean wants(String name, long statedBytes) {
        String normal = EntryName.normal(name);
        Optional<String> reason = EntryName.isHidden(normal)
                ? Optional.of("hidden")
                : normal.isEmpty() || normal.length() > LONGEST_NAME || !Printable.isPlain(normal)
                        ? Optional.of("its name is empty, too long or has control characters")
                        : EntryName.isArchive(normal)
                                ? Optional.of("an archive inside the archive; unpack it first")
                                : statedBytes > limits.maxEntryBytes()
                                        ? Optional.of(tooLarge())
                                        : names.contains(normal)
                                                ? Optional.of("the archive contains this name twice")
                                                : Optional.empty();
        reason.ifPresent(why -> skip(name, why));
        return reason.isEmpty();
    }

    void skip(String name, String reason) {
        skipped.add(new SkippedFile(shown(EntryName.normal(name)), reason));
    }

    /** Reads a file to the end of the stream, or of the limit, and hands it over. */
    void take(String name, InputStream content) throws IOException {
        byte[] bytes = new Counted(name, content).readNBytes((int) limits.maxEntryBytes() + 1);
        if (bytes.length > limits.maxEntryBytes()) {
            skip(name, tooLarge());
            return;
        }
        String normal = EntryName.normal(name);
        names.add(normal);
        handedOver++;
        handedOverBytes += bytes.length;
        files.accept(new ArchiveEntry(normal, bytes));
    }

    /** Counts unpacked bytes, also of what is passed over. */
    void unpacked(String name, long bytes) {
        unpacked += bytes;
        if (unpacked > limits.maxTotalBytes()) {
            throw refused(
                    name,
                    "The limit is %,d unpacked bytes. Pack fewer files, or raise the limit.",
                    limits.maxTotalBytes());
        }
        if (unpacked > ArchiveLimits.RATIO_FREE && unpacked > limits.maxRatio() * archiveBytes) {
            throw refused(
                    name,
                    "The limit is %,d unpacked bytes per byte of the archive. Pack the images without this file.",
                    (long) limits.maxRatio());
        }
    }

    private FoveaException refused(String name, String limit, long value) {
        return ArchiveReader.invalid(
                "The archive %s is refused at the entry \"%s\", after %,d entries and %,d unpacked bytes. "
                                .formatted(archive, shown(name), entries, unpacked)
                        + limit.formatted(value));
    }

    private String tooLarge() {
        return "larger than %,d bytes".formatted(limits.maxEntryBytes());
    }

    private static String shown(String name) {
        String start = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
        return Printable.word(start);
    }

    /** Counts bytes as they are unpacked, so that those of damaged entries count as well. */
    private final class Counted extends FilterInputStream {

        private final String name;

        Counted(String name, InputStream in) {
            super(in);
            this.name = name;
        }

        @Override
        public int read(byte[] bytes, int at, int length) throws IOException {
            int read = super.read(bytes, at, length);
            unpacked(name, Math.max(0, read));
            return read;
        }
    }
}
