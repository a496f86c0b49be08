package dev.fovea.traffic.retention;

import java.time.LocalDate;

/**
 * A part of a day whose images are chosen together: the whole day, unless somebody closed it before its end.
 *
 * @param day in UTC
 * @param number from 1
 */
public record KeepPart(String model, LocalDate day, int number) {

    /** The first part of a day. */
    public static KeepPart first(String model, LocalDate day) {
        return new KeepPart(model, day, 1);
    }
}
