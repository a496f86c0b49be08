package dev.fovea.datasets.exchange.model;

import dev.fovea.fault.Printable;

/**
 * A fault that was found while a data set was read, with its first place.
 *
 * @param fault what is wrong
 * @param count how often
 * @param place file and line of the first, such as {@code line 3 of /data/labels/a.txt}
 * @param detail values of the first; may be empty
 */
public record ReadFinding(ReadFault fault, long count, String place, String detail) {

    /** The finding with place, values, remedy and consequence. */
    public String sentence() {
        String what = fault.words() + (detail.isEmpty() ? "" : " (" + detail + ")");
        return Printable.lines("%s. %s. %s."
                .formatted(
                        count == 1
                                ? "%s: %s".formatted(place, what)
                                : "%,d times: %s; first: %s".formatted(count, what, place),
                        fault.consequence(),
                        fault.remedy()));
    }
}
