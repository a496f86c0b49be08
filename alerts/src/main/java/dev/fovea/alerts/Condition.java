package dev.fovea.alerts;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that holds and that somebody must know. Another room reports it for as long as it holds.
 *
 * @param key the same for the same condition, over restarts: {@code drift/shirts:3}
 * @param model that it is about; empty for the server itself
 * @param title one line, as "shirts:3 is not served"
 * @param detail what was found, with figures, and what to do
 * @param evidence path of the page that shows it, as {@code /#/models/shirts}
 * @param since when it began to hold, as far as is known
 */
public record Condition(
        String key,
        Optional<String> model,
        AlertKind kind,
        Severity severity,
        String title,
        String detail,
        Optional<String> evidence,
        Instant since) {

    /** PagerDuty's limit of a deduplication key. */
    public static final int MAX_KEY = 255;

    private static final int MAX_TITLE = 200;
    private static final int MAX_DETAIL = 4000;

    public Condition {
        if (key.isBlank() || key.length() > MAX_KEY || !Printable.isPlain(key)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The key \"%s\" of a condition must have 1 to %d printable characters."
                            .formatted(Printable.brief(key), MAX_KEY));
        }
        title = cut(Printable.word(title.strip()), MAX_TITLE);
        detail = cut(Printable.lines(detail.strip()), MAX_DETAIL);
        if (evidence.filter(path -> !path.startsWith("/")).isPresent()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The evidence \"%s\" of a condition must be a path that begins with \"/\"."
                            .formatted(Printable.brief(evidence.get())));
        }
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** Whether it says the same, since when aside. */
    boolean saysTheSame(Condition other) {
        return key.equals(other.key)
                && severity == other.severity
                && title.equals(other.title)
                && detail.equals(other.detail)
                && evidence.equals(other.evidence);
    }
}
