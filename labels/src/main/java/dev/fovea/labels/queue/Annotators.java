package dev.fovea.labels.queue;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.util.Set;

/** Names of people. Models contain a colon, and the program itself uses two names. */
public final class Annotators {

    /** Annotations that several votes gave. */
    public static final String CONSENSUS = "consensus";

    private static final Set<String> RESERVED = Set.of("import", CONSENSUS);
    private static final int LONGEST = 100;

    private Annotators() {}

    /** A person's name without surrounding space; {@code ARGUMENT_INVALID} when it cannot be one. */
    public static String requirePerson(String name) {
        String person = name.strip();
        if (person.isEmpty()) {
            throw invalid("Labelling needs the name of its annotator. Set \"annotator\".");
        }
        if (RESERVED.contains(person)
                || person.contains(":")
                || person.length() > LONGEST
                || !Printable.isPlain(person)) {
            throw invalid("\"%s\" cannot name an annotator. Use up to %d characters without a colon, and not %s."
                    .formatted(
                            Printable.brief(person),
                            LONGEST,
                            String.join(" or ", RESERVED.stream().sorted().toList())));
        }
        return person;
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }
}
