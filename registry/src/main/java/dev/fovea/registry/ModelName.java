package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.regex.Pattern;

/** What a model may be called: names appear in addresses, file names, metrics and shells without quoting. */
public final class ModelName {

    private static final int LONGEST = 64;
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    private ModelName() {}

    /**
     * Gives the name back when it may be used: 1 to 64 of {@code a-z 0-9 . _ -}, the first a letter or a digit;
     * {@code ARGUMENT_INVALID} otherwise.
     */
    public static String require(String name) {
        if (name.length() > LONGEST) {
            throw invalid(name.substring(0, LONGEST) + "…", "has %d characters".formatted(name.length()));
        }
        if (!ALLOWED.matcher(name).matches()) {
            throw invalid(name, name.isEmpty() ? "is empty" : "has a character that is not allowed where it stands");
        }
        return name;
    }

    private static FoveaException invalid(String shown, String fault) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                ("The model name \"%s\" %s. Use 1 to %d of lower-case letters, digits, '-', '_' and '.', "
                                + "and begin with a letter or a digit.")
                        .formatted(shown, fault, LONGEST));
    }
}
