package dev.fovea.rollout.policy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Guards as text: {@code errors,margin=0.01}, {@code p99,margin=0.1,limit=200},
 * {@code kpi,figure=orders,worse=lower,margin=0.02,range=0..1}.
 */
public final class GuardText {

    private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+)");

    private GuardText() {}

    /** Reads one; {@code ARGUMENT_INVALID} names what is not understood. */
    public static Guard parse(String text) {
        String[] parts = text.split(",", -1);
        Map<String, String> stated = new TreeMap<>();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part.strip() : part.substring(0, equals).strip();
            if (equals < 0 || stated.put(name, part.substring(equals + 1).strip()) != null) {
                throw invalid(text, "\"%s\" is not NAME=VALUE, or there twice".formatted(Printable.brief(part)));
            }
        }
        GuardMetric metric = metric(parts[0].strip());
        Optional<String> margin = Optional.ofNullable(stated.remove("margin"));
        Guard guard = new Guard(
                metric,
                Optional.ofNullable(stated.remove("figure")),
                number(text, "margin", margin.orElseThrow(() -> invalid(text, "the margin is missing"))),
                Optional.ofNullable(stated.remove("limit")).map(limit -> number(text, "limit", limit)),
                Optional.ofNullable(stated.remove("worse")).map(GuardText::side),
                Optional.ofNullable(stated.remove("range")).map(range -> range(text, range)));
        if (!stated.isEmpty()) {
            throw invalid(
                    text,
                    "\"%s\" is not known; known are margin, limit, figure, worse and range"
                            .formatted(
                                    Printable.brief(stated.keySet().iterator().next())));
        }
        return guard;
    }

    /** A metric by its name; {@code ARGUMENT_INVALID} with those that exist. */
    public static GuardMetric metric(String name) {
        return choice(GuardMetric.class, name, "No guard is called \"%s\"; there are %s.");
    }

    /** A side by its name; {@code ARGUMENT_INVALID} with both. */
    public static WorseSide side(String name) {
        return choice(WorseSide.class, name, "\"%s\" is no side on which a figure is worse; give one of %s.");
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String name, String message) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> word(one).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        message.formatted(
                                Printable.brief(name),
                                Arrays.stream(type.getEnumConstants())
                                        .map(GuardText::word)
                                        .collect(Collectors.joining(", ")))));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static ValueRange range(String guard, String text) {
        Matcher ends = RANGE.matcher(text);
        if (!ends.matches()) {
            throw invalid(guard, "the range \"%s\" is not LOW..HIGH".formatted(Printable.brief(text)));
        }
        return new ValueRange(number(guard, "range", ends.group(1)), number(guard, "range", ends.group(2)));
    }

    private static double number(String guard, String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw invalid(guard, "the %s \"%s\" is no number".formatted(name, Printable.brief(text)));
        }
    }

    private static FoveaException invalid(String guard, String why) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "The guard \"%s\" is not understood: %s. An example: errors,margin=0.01."
                        .formatted(Printable.brief(guard), why));
    }
}
