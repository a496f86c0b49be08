package dev.fovea.cli.terminal;

import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.util.List;
import java.util.regex.Pattern;

/** Hashes of images as arguments: all digits, or as many as tell the image from the others of its data set. */
public final class Hashes {

    public static final int SHOWN_DIGITS = 12;
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{6,64}");

    private Hashes() {}

    public static boolean isHash(String text) {
        return DIGITS.matcher(text).matches();
    }

    /** The first digits, as tables show them. */
    public static String brief(String hash) {
        return hash.substring(0, SHOWN_DIGITS);
    }

    /** The image of a data set that an argument names; an error when there is none, or more than one. */
    public static ContentHash find(Datasets datasets, String dataset, String text) {
        if (!isHash(text)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" is not the hash of an image. State its first 6 to 64 hexadecimal digits, as fovea data show lists them."
                            .formatted(Printable.brief(text)));
        }
        if (text.length() == 2 * ContentHash.BYTES) {
            return ContentHash.parse(text);
        }
        List<ContentHash> found = datasets.startingWith(dataset, text, 2);
        if (found.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.NOT_FOUND,
                    "The data set \"%s\" has no image whose hash begins with %s. Check the digits."
                            .formatted(dataset, text));
        }
        if (found.size() > 1) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "Several images of \"%s\" have hashes that begin with %s. Use more digits."
                            .formatted(dataset, text));
        }
        return found.getFirst();
    }
}
