package dev.fovea.datasets.exchange.writing;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of images in an export: relative, without characters that file systems refuse, each once in its split, also
 * without its extension and with upper case for lower, so that each has a label file of its own. For one thread.
 */
final class ExportNames {

    /** A name that needs no cleaning. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_-][^\\p{Cntrl}:*?\"<>|/\\\\]*");

    private final boolean flat;
    private final Set<String> taken = new HashSet<>();
    private long renamed;

    /**
     * Names for one export.
     *
     * @param flat whether the format has one folder of images, so that a name cannot have folders
     */
    ExportNames(boolean flat) {
        this.flat = flat;
    }

    long renamed() {
        return renamed;
    }

    String of(String name, ExchangedImage image) {
        String safe = safe(name);
        String unique = safe;
        int dot = safe.lastIndexOf('.') > safe.lastIndexOf('/') + 1 ? safe.lastIndexOf('.') : safe.length();
        for (int i = 2;
                !taken.add(key(unique.substring(0, unique.length() - (safe.length() - dot)), image.split()));
                i++) {
            unique = safe.substring(0, dot) + "-" + i + safe.substring(dot);
        }
        renamed += unique.equals(image.name()) ? 0 : 1;
        return unique;
    }

    private static String key(String stem, Split split) {
        return split + "/" + stem.toLowerCase(Locale.ROOT);
    }

    private String safe(String name) {
        String clean = PLAIN.matcher(name).matches() ? name : cleaned(name);
        if (clean.isBlank()) {
            return "image";
        }
        return flat ? clean.replace('/', '_') : clean;
    }

    private static String cleaned(String name) {
        return name.replace('\\', '/')
                .replaceAll("[\\p{Cntrl}:*?\"<>|]", "_")
                .replaceAll("/{2,}", "/")
                .replaceAll("(^|/)\\.{1,2}(?=/|$)", "$1_")
                .replaceAll("^/|/$", "");
    }
}
