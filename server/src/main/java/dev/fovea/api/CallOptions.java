package dev.fovea.api;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;
import dev.fovea.serving.CacheUse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a caller may say about a request in its headers.
 *
 * @param priority who goes first when requests wait
 * @param deadline after which nobody waits: {@code X-Request-Timeout}, at most the server's own
 * @param cache whether a cached response is allowed: {@code Cache-Control}
 */
record CallOptions(Priority priority, Deadline deadline, CacheUse cache) {

    static final String TIMEOUT = "X-Request-Timeout";
    static final String PRIORITY = "X-Request-Priority";

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s)?");

    /** The headers of a request; null for those that it lacks. */
    interface Headers {
        @Nullable
        String get(String name);
    }

    /** The request's headers; {@code ARGUMENT_INVALID} for one that is not understood. */
    static CallOptions of(Headers headers, Duration longest) {
        return new CallOptions(
                priority(headers.get(PRIORITY)),
                Deadline.in(timeout(headers.get(TIMEOUT), longest)),
                cache(headers.get(HttpHeaders.CACHE_CONTROL)));
    }

    /** What is not known is passed over, as HTTP wants it (RFC 9111, section 5.2.3). */
    private static CacheUse cache(@Nullable String directives) {
        String lower = directives == null ? "" : directives.toLowerCase(Locale.ROOT);
        if (lower.contains("no-store")) {
            return CacheUse.NO_STORE;
        }
        return lower.contains("no-cache") ? CacheUse.NO_CACHE : CacheUse.DEFAULT;
    }

    private static Duration timeout(@Nullable String text, Duration longest) {
        if (text == null) {
            return longest;
        }
        Matcher given = DURATION.matcher(text.strip());
        if (!given.matches() || Long.parseLong(given.group(1)) == 0) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The header %s is \"%s\"; it must be a time such as 250ms or 2s.".formatted(TIMEOUT, text));
        }
        long number = Long.parseLong(given.group(1));
        Duration asked = "s".equals(given.group(2)) ? Duration.ofSeconds(number) : Duration.ofMillis(number);
        return asked.compareTo(longest) < 0 ? asked : longest;
    }

    private static Priority priority(@Nullable String text) {
        if (text == null) {
            return Priority.NORMAL;
        }
        return Arrays.stream(Priority.values())
                .filter(priority -> priority.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The header %s is \"%s\"; it must be one of %s."
                                .formatted(
                                        PRIORITY,
                                        text,
                                        Arrays.toString(Priority.values()).toLowerCase(Locale.ROOT))));
    }
}
