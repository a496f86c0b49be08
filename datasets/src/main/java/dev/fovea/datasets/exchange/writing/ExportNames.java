package dev.fovea.datasets.exchange.writing;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of images in an export: relative, without characters that file systems refuse, each once in its split, also
 * without its extension and with upper case for lower, so that each has a label file of its own. For one thread.
 */
final class ExportNames {

    /** A name that needs no cleaning. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_-][^\\p{Cntrl}:*?\"<>|/\\\\]*");

    /** Bytes of a name, or of the name of a folder in it. */
    private static final int LONGEST = 240;

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
        String safe = shortened(safe(name));
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

    /** File systems take names of 255 bytes: what is left is room for a number and the extension of labels. */
    private static String shortened(String name) {
        if (name.length() * 4L <= LONGEST) {
            return name;
        }
        return Stream.of(name.split("/")).map(ExportNames::shortPart).collect(Collectors.joining("/"));
    }

    private static String shortPart(String part) {
        if (bytes(part) <= LONGEST) {
            return part;
        }
        int dot = part.lastIndexOf('.');
        String extension = dot > 0 && bytes(part.substring(dot)) <= 16 ? part.substring(dot) : "";
        String stem = part.substring(0, part.length() - extension.length());
        while (bytes(stem) + extension.length() > LONGEST) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + extension;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String cleaned(String name) {
        return name.replace('\\', '/')
                .replaceAll("[\\p{Cntrl}:*?\"<>|]", "_")
                .replaceAll("/{2,}", "/")
                .replaceAll("(^|/)\\.{1,2}(?=/|$)", "$1_")
                .replaceAll("^/|/$", "");
    }
}
