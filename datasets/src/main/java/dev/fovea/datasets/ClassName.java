package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.text.Normalizer;

/**
 * The name of a class as a data set states it, wherever that is: a folder, a table, a list of names, an annotation.
 * Names are labels in terminals, logs and metrics.
 */
public final class ClassName {

    private ClassName() {}

    /**
     * Accepts a name.
     *
     * @param name as written
     * @param source where it is written, for the message: a file and optionally its line
     * @param remedy an imperative sentence
     * @return the name in Unicode normal form C, so that equal names are equal labels
     * @throws FoveaException {@code DATASET_INVALID} when it contains control characters
     */
    public static String of(String name, String source, String remedy) {
        if (!Printable.isPlain(name)) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s: the class name \"%s\" contains control characters. %s"
                            .formatted(source, Printable.word(name), remedy));
        }
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** The same for a name in a file, with the file to correct. */
    public static String of(String name, String source) {
        return of(name, source, "Remove them from the file.");
    }
}
