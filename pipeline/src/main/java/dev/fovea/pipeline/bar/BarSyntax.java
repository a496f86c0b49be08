package dev.fovea.pipeline.bar;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a bar, strictly: what is not understood is an error that names the piece. */
final class BarSyntax {

    private static final Pattern CONDITION = Pattern.compile(
            "([A-Za-z0-9_-]+)\\s*(?:\\((.*)\\))?\\s*(>=|<=|≥|≤|==|=|>|<)\\s*([^\\s<>=]+(?:\\s*[A-Za-z%]+)?)");
    private static final Pattern NUMBER = Pattern.compile("(\\d*\\.?\\d+(?:[eE]-?\\d{1,2})?)\\s*([A-Za-z%]*)");
    private static final String EXAMPLE = "recall(hole) >= 0.95, macro_f1 >= 0.9, p99 <= 20ms, size <= 10MB";
    private static final int MAX_LENGTH = 4000;
    private static final double PERCENT = 100;
    private static final Map<String, Double> MILLISECONDS = Map.of("ms", 1.0, "s", 1000.0);
    private static final Map<String, Double> BYTES = Map.of("b", 1.0, "kb", 1e3, "mb", 1e6, "gb", 1e9);

    private final String text;

    BarSyntax(String text) {
        this.text = text;
    }

    /** A condition as it is written, with the direction that it has. */
    private record Stated(String piece, BarCondition condition, boolean atLeast) {}

    Bar read() {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw invalid("%s. State conditions separated by commas, such as \"%s\"."
                    .formatted(text.isBlank() ? "it is empty" : "it has more than 4,000 characters", EXAMPLE));
        }
        List<Stated> stated = pieces().stream().map(BarSyntax::condition).toList();
        requireConsistent(stated);
        stated.forEach(BarSyntax::requireDirection);
        if (stated.stream().noneMatch(one -> one.condition().measure().kind() == BarMeasure.MeasureKind.QUALITY)) {
            throw invalid(
                    "\"%s\" says how small or fast a model must be, and not how good. Add a quality, such as accuracy >= 0.9."
                            .formatted(text.strip()));
        }
        return new Bar(stated.stream().map(Stated::condition).toList());
    }

    /** Split at commas outside of brackets and quotes. */
    private List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                pieces.add(piece.toString().strip());
                piece.setLength(0);
            } else {
                piece.append(c);
            }
        }
        pieces.add(piece.toString().strip());
        if (depth != 0 || quoted) {
            throw invalid("\"%s\" has a bracket or quote without its partner. Close it, as in \"%s\"."
                    .formatted(text.strip(), EXAMPLE));
        }
        return pieces;
    }

    private static Stated condition(String piece) {
        if (piece.isEmpty()) {
            throw invalid("there is a comma with no condition on one side. Remove the comma.");
        }
        Matcher matcher = CONDITION.matcher(piece);
        if (!matcher.matches()) {
            throw invalid(
                    "\"%s\" is no condition. Write a measure, >= or <=, and a limit, such as \"accuracy >= 0.95\"."
                            .formatted(piece));
        }
        BarMeasure measure = BarMeasure.of(matcher.group(1))
                .orElseThrow(() -> invalid("\"%s\" is no measure in \"%s\". The measures are %s, and latency for p50."
                        .formatted(matcher.group(1), piece, BarMeasure.forms())));
        Optional<String> label =
                Optional.ofNullable(matcher.group(2)).map(BarSyntax::unquoted).filter(name -> !name.isEmpty());
        if (label.isPresent() != measure.isOfClass()) {
            throw invalid(
                    measure.isOfClass()
                            ? "\"%s\" lacks the class. Write %s with the name of a class."
                                    .formatted(piece, measure.form())
                            : "\"%s\" names a class, but %s is that of all images. Write \"%s\" alone, or recall, precision or f1 of the class."
                                    .formatted(piece, measure.word(), measure.word()));
        }
        boolean atLeast = switch (matcher.group(3)) {
            case ">=", "≥" -> true;
            case "<=", "≤" -> false;
            default -> throw invalid("\"%s\" compares with \"%s\". Write >= or <=.".formatted(piece, matcher.group(3)));
        };
        return new Stated(piece, new BarCondition(measure, label, limit(piece, measure, matcher.group(4))), atLeast);
    }

    private static String unquoted(String name) {
        String bare = name.strip();
        return bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
                ? bare.substring(1, bare.length() - 1)
                : bare;
    }

    private static double limit(String piece, BarMeasure measure, String written) {
        Matcher matcher = NUMBER.matcher(written.strip());
        if (!matcher.matches()) {
            throw invalid("\"%s\" has the limit \"%s\", which is no number. Write one such as %s."
                    .formatted(piece, written, example(measure)));
        }
        double number = Double.parseDouble(matcher.group(1));
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        double limit = switch (measure.kind()) {
            case QUALITY -> share(piece, number, unit);
            case LATENCY -> number * unit(piece, measure, unit, MILLISECONDS, "ms or s");
            case SIZE -> number * unit(piece, measure, unit, BYTES, "kB or MB");
        };
        if (!(limit > 0 && Double.isFinite(limit))) {
            throw invalid("\"%s\" has a limit of %s, which says nothing. Write one above 0, such as %s."
                    .formatted(piece, written, example(measure)));
        }
        return limit;
    }

    private static double unit(
            String piece, BarMeasure measure, String unit, Map<String, Double> units, String allowed) {
        return Optional.ofNullable(units.get(unit))
                .orElseThrow(() -> invalid("\"%s\" states its limit %s. Write %s, as in %s <= %s."
                        .formatted(
                                piece,
                                unit.isEmpty() ? "without a unit" : "in \"" + unit + "\"",
                                allowed,
                                measure.word(),
                                example(measure))));
    }

    private static double share(String piece, double number, String unit) {
        if (!unit.isEmpty() && !unit.equals("%")) {
            throw invalid("\"%s\" states a share in \"%s\". Write a number from 0 to 1, such as 0.95, or 95%%."
                    .formatted(piece, unit));
        }
        double share = unit.isEmpty() ? number : number / PERCENT;
        if (share > 1) {
            throw invalid(
                    "\"%s\" asks for more than 1, which no model has. Write a number from 0 to 1, such as 0.95, or 95%%."
                            .formatted(piece));
        }
        return share;
    }

    private static String example(BarMeasure measure) {
        return switch (measure.kind()) {
            case QUALITY -> "0.95";
            case LATENCY -> "20ms";
            case SIZE -> "10MB";
        };
    }

    private static void requireConsistent(List<Stated> stated) {
        Map<String, Stated> first = new HashMap<>();
        for (Stated one : stated) {
            Stated other = first.putIfAbsent(one.condition().subject(), one);
            if (other == null) {
                continue;
            }
            Stated low = one.atLeast() ? one : other;
            Stated high = one.atLeast() ? other : one;
            if (low.atLeast() != high.atLeast()
                    && low.condition().limit() > high.condition().limit()) {
                throw invalid("\"%s\" and \"%s\" contradict each other: no model meets both. Keep one of them."
                        .formatted(other.piece(), one.piece()));
            }
            throw invalid("\"%s\" and \"%s\" state %s twice. Keep one of them."
                    .formatted(other.piece(), one.piece(), one.condition().subject()));
        }
    }

    private static void requireDirection(Stated stated) {
        BarMeasure measure = stated.condition().measure();
        boolean wanted = measure.kind() == BarMeasure.MeasureKind.QUALITY;
        if (stated.atLeast() != wanted) {
            throw invalid("\"%s\" asks for a worse model: %s is better when it is %s. Write %s."
                    .formatted(stated.piece(), measure.word(), wanted ? "greater" : "smaller", wanted ? ">=" : "<="));
        }
        if (wanted && stated.condition().limit() == 1) {
            throw invalid(
                    "\"%s\" cannot be shown: no number of images rules out every mistake. Write less than 1, such as 0.99."
                            .formatted(stated.piece()));
        }
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, "bar: " + message);
    }
}
