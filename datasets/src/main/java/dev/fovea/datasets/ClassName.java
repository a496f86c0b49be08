package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a class as a data set states it, wherever that is: a folder, a table, a list of names, an annotation.
 * Names are labels in terminals, logs and metrics.
 */
public final class ClassName {

    /** What stands for a character that a folder's name cannot have, and a percent sign that would read as that. */
    private static final Pattern ESCAPE = Pattern.compile("%2F|%5C|^%2E|%25(?=2F|5C|2E|25)");

    private static final Pattern UNSAFE = Pattern.compile("/|\\\\|^\\.|%(?=2F|5C|2E|25)");

    /** Longer names break tables and axes. */
    private static final int LONGEST = 200;

    private static final int SHOWN = 40;

    private ClassName() {}

    /**
     * Accepts a name.
     *
     * @param name as written
     * @param source where it is written, for the message: a file and optionally its line
     * @param remedy an imperative sentence
     * @return the name in Unicode normal form C without blanks around it, so that equal names are equal labels
     * @throws FoveaException {@code DATASET_INVALID} when it contains control characters or is too long
     */
    public static String of(String name, String source, String remedy) {
        if (!Printable.isPlain(name)) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s: the class name \"%s\" contains control characters. %s"
                            .formatted(source, Printable.brief(name), remedy));
        }
        String normal = Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
        if (normal.length() > LONGEST) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s: the class name \"%s…\" has %d characters; the limit is %d. Shorten it."
                            .formatted(source, normal.substring(0, SHOWN), normal.length(), LONGEST));
        }
        return normal;
    }

    /** The same for a name in a file, with the file to correct. */
    public static String of(String name, String source) {
        return of(name, source, "Remove them from the file.");
    }

    /** A class as the name of its folder: {@code /}, {@code \\} and a dot at the start are percent-encoded. */
    public static String toFolder(String name) {
        return UNSAFE.matcher(name)
                .replaceAll(unsafe -> "%%%02X".formatted((int) unsafe.group().charAt(0)));
    }

    /**
     * The class of a folder: what {@link #toFolder} encoded is decoded, other percent signs stay.
     *
     * @throws FoveaException {@code DATASET_INVALID} when it contains control characters
     */
    public static String ofFolder(String folder) {
        String name = ESCAPE.matcher(folder)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(escape.group().substring(1), 16))));
        return of(name, "A class folder", "Rename the folder.");
    }
}
