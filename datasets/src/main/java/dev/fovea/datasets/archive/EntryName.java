package dev.fovea.datasets.archive;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The names of entries of an archive, or of objects of a store, as paths below a root. */
public final class EntryName {

    private static final List<String> READABLE = List.of(".zip", ".tar", ".tar.gz", ".tgz");
    private static final List<String> OTHER =
            List.of(".gz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".7z", ".rar", ".jar", ".cab", ".iso");

    private EntryName() {}

    /** With {@code /} between its parts and without {@code .}, as Windows' packers do not always write them. */
    static String normal(String name) {
        String[] parts = name.replace('\\', '/').split("/", -1);
        String joined = String.join(
                "/", Stream.of(parts).filter(part -> !part.equals(".")).toList());
        return joined.replaceAll("(?<=.)/{2,}", "/");
    }

    /** Whether a normal name leads out of the archive's root: absolute, on a drive, or through {@code ..}. */
    public static boolean escapes(String normal) {
        return normal.startsWith("/")
                || normal.matches("[A-Za-z]:.*")
                || List.of(normal.split("/")).contains("..");
    }

    /** Whether a part of it is hidden, or is what macOS adds to its archives. */
    public static boolean isHidden(String normal) {
        return Stream.of(normal.split("/")).anyMatch(part -> part.startsWith(".") || part.equals("__MACOSX"));
    }

    static boolean isReadableArchive(String name) {
        return READABLE.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }

    /** Whether a name is that of an archive of any kind. */
    public static boolean isArchive(String name) {
        return isReadableArchive(name) || OTHER.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }
}
