package dev.fovea.datasets.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The files of a ZIP archive, by its central directory. All names are checked before the first file is unpacked. A link
 * is an entry whose content is a path; it is not followed, and no image.
 */
final class ZipEntries {

    /** The encoding of names before archives stated UTF-8 (APPNOTE, appendix D). */
    private static final String OLD_NAMES = "IBM437";

    private ZipEntries() {}

    static void read(Path archive, ArchiveIntake intake) throws IOException {
        try (ZipFile zip = open(archive)) {
            for (Enumeration<? extends ZipEntry> names = zip.entries(); names.hasMoreElements(); ) {
                intake.begin(names.nextElement().getName());
            }
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && intake.wants(entry.getName(), entry.getSize())) {
                    read(zip, entry, intake);
                }
            }
        }
    }

    private static ZipFile open(Path archive) throws IOException {
        try {
            return new ZipFile(archive.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException e) {
            if (!Charset.isSupported(OLD_NAMES)) {
                throw e;
            }
            return new ZipFile(archive.toFile(), Charset.forName(OLD_NAMES));
        }
    }

    private static void read(ZipFile zip, ZipEntry entry, ArchiveIntake intake) throws IOException {
        try (InputStream content = zip.getInputStream(entry)) {
            intake.take(entry.getName(), content);
        } catch (ZipException | EOFException e) {
            intake.skip(entry.getName(), "damaged, encrypted, or compressed in a way that is not read");
        }
    }
}
