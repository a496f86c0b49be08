package dev.fovea.api.traffic;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.traffic.TrafficFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A filter in the words of a request or command.
 *
 * @param from a day or time, by default 30 days before the end
 * @param to a day or time, by default now
 * @param tags {@code name=value}
 */
public record TrafficQuery(
        String model,
        @Nullable String from,
        @Nullable String to,
        @Nullable Integer version,
        @Nullable String label,
        @Nullable String client,
        List<String> tags) {

    private static final Duration MONTH = Duration.ofDays(30);

    /**
     * The filter.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID}
     */
    public TrafficFilter filter(Instant now) {
        Instant end = to == null ? now.plusSeconds(1) : time("to", to, true);
        Instant start = from == null ? end.minus(MONTH) : time("from", from, false);
        if (!start.isBefore(end)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "\"from\" (%s) must be before \"to\" (%s).".formatted(start, end));
        }
        return new TrafficFilter(
                model,
                start,
                end,
                Optional.ofNullable(version),
                Optional.ofNullable(label),
                Optional.ofNullable(client),
                stated());
    }

    private SortedMap<String, String> stated() {
        SortedMap<String, String> stated = new TreeMap<>();
        for (String tag : tags) {
            int equals = tag.indexOf('=');
            if (equals < 1) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The tag \"%s\" must be NAME=VALUE, such as camera=b.".formatted(Printable.brief(tag)));
            }
            stated.put(tag.substring(0, equals), tag.substring(equals + 1));
        }
        return stated;
    }

    /**
     * A day or time of a field. A day is a whole day in UTC.
     *
     * @param end whether a day is meant with its end
     * @throws FoveaException {@code ARGUMENT_INVALID}
     */
    public static Instant time(String name, String text, boolean end) {
        try {
            if (text.indexOf('T') >= 0) {
                return Instant.parse(text);
            }
            LocalDate day = LocalDate.parse(text);
            return (end ? day.plusDays(1) : day).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" is \"%s\"; it must be a day such as 2026-11-30, or a time such as 2026-11-30T08:00:00Z."
                            .formatted(name, Printable.brief(text)),
                    e);
        }
    }
}
