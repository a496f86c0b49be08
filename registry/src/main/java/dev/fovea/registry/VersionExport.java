package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Hands versions out as one zip file each: the bundle's files as they are stored, checked against their hashes. The
 * same version gives the same bytes on every machine: entries by name, not compressed, all dated 1980-01-01. Every
 * export is on the audit trail. Thread-safe.
 */
public final class VersionExport {

    /** The first moment that a zip file can state. */
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Registry registry;
    private final BundleStore bundles;

    /** Exports from a registry and its bundles. */
    public VersionExport(Registry registry, BundleStore bundles) {
        this.registry = registry;
        this.bundles = bundles;
    }

    /**
     * A version that is ready to be written.
     *
     * @param version which one
     * @param directory its bundle, whose files are what was stored
     */
    public record Export(ModelVersion version, Path directory) {

        /** A safe name for the file, {@code shirts-2.zip}. */
        public String fileName() {
            return "%s-%d.zip".formatted(version.name(), version.number());
        }

        /** Writes the zip file; the stream is flushed and left open. */
        public void write(OutputStream out) throws IOException {
            try (ZipOutputStream zip = new ZipOutputStream(new Unclosed(out))) {
                zip.setMethod(ZipOutputStream.STORED);
                for (Path file : files()) {
                    zip.putNextEntry(entry(file));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
        }

        private List<Path> files() throws IOException {
            try (Stream<Path> tree = Files.walk(directory)) {
                return tree.filter(Files::isRegularFile)
                        .sorted(Comparator.comparing(this::name))
                        .toList();
            }
        }

        private String name(Path file) {
            return directory.relativize(file).toString().replace('\\', '/');
        }

        private ZipEntry entry(Path file) throws IOException {
            ZipEntry entry = new ZipEntry(name(file));
            entry.setTimeLocal(DATE);
            entry.setSize(Files.size(file));
            CRC32 checksum = new CRC32();
            try (InputStream in = new CheckedInputStream(Files.newInputStream(file), checksum)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            entry.setCrc(checksum.getValue());
            return entry;
        }
    }

    /**
     * A version with its bundle, whose files have been checked.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code BUNDLE_CORRUPT}
     */
    public Export open(String name, int number) {
        ModelVersion version = registry.version(name, number);
        return new Export(version, bundles.path(version.bundleId()));
    }

    /** Puts on the audit trail that the version is handed out, before its first byte is. */
    public void record(Export export, String who, String reason, String destination) {
        registry.exported(export.version().id(), who, reason, destination);
    }

    /**
     * Writes a version to a file, whole or not at all.
     *
     * @param overwrite whether a file of that name is replaced
     * @throws FoveaException as {@link #open}; {@code STATE_CONFLICT} for a file that is there,
     *     {@code ARGUMENT_INVALID} for a folder, {@code STORAGE_FAILED}
     */
    public void toFile(Export export, Path file, boolean overwrite, String who, String reason) {
        requireFree(file, overwrite);
        Path target = file.toAbsolutePath();
        try {
            Path part = Files.createTempFile(target.getParent(), ".fovea-export", ".part");
            try {
                try (OutputStream out = Files.newOutputStream(part)) {
                    export.write(out);
                }
                requireFree(file, overwrite); // writing took a while
                record(export, who, reason, "to " + file.getFileName());
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "%s cannot be written: %s. Check the folder, its rights and the free space."
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static void requireFree(Path file, boolean overwrite) {
        if (Files.isDirectory(file)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is a folder. Name a file in it: %s".formatted(file, file.resolve("model.zip")));
        }
        if (Files.exists(file) && !overwrite) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "%s is there already. Choose another name, or replace it with --force.".formatted(file));
        }
    }

    /** The zip stream is closed to write its end; the stream below is its owner's to close. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
