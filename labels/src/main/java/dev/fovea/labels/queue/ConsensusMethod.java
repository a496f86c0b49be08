package dev.fovea.labels.queue;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the votes of several people on a whole image become one label. */
public enum ConsensusMethod {
    /** {@link #DAWID_SKENE} where the votes tell the people apart, otherwise {@link #MAJORITY}. */
    AUTO,
    /** The label of most people, who all count the same. */
    MAJORITY,
    /** People confuse classes in their own ways. */
    DAWID_SKENE,
    /** As Dawid–Skene, and images differ in difficulty (GLAD). */
    DIFFICULTY;

    /** As the API and the command line write it: {@code dawid-skene}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A method by its word; {@code ARGUMENT_INVALID} for another one. */
    public static ConsensusMethod named(String word) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "\"consensus\" is \"%s\"; it must be one of %s."
                                .formatted(
                                        Printable.brief(word),
                                        Arrays.stream(values())
                                                .map(ConsensusMethod::toString)
                                                .collect(Collectors.joining(", ")))));
    }
}
