package dev.fovea.api.objectives;

import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ObjectiveStatus;
import dev.fovea.monitoring.objectives.ObjectiveStatus.ObjectiveDay;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;

/** The days of an objective as bars in an SVG with both axes; those that miss the target alone have another class. */
final class DaysDrawing {

    private static final int WIDTH = 720;
    private static final int MIN_LEFT = 60;
    private static final double LETTER = 7.2;
    private static final int APART = 8;
    private static final int TOP = 10;
    private static final int PLOT = 84;
    private static final int TEXT = 16;
    private static final double GAP = 0.25;
    private static final int CUT_HEIGHT = 2;
    private static final double HALF_LETTER = 3.5;

    /** A unit that is longer stands below the drawing only. */
    private static final int LONG_UNIT = 2;

    private DaysDrawing() {}

    /** Nothing for an objective without days. */
    static String of(ObjectiveStatus status, YearMonth month) {
        if (status.days().isEmpty()) {
            return "";
        }
        Objective objective = status.objective();
        DaysAxis axis = DaysAxis.of(
                objective, status.days().stream().map(ObjectiveDay::value).toList());
        String unit = ObjectiveWords.unit(objective);
        List<String> marks = axis.marks().stream()
                .map(mark -> axis.text(mark) + (unit.length() > LONG_UNIT ? "" : " " + unit))
                .toList();
        double left =
                Math.max(MIN_LEFT, marks.stream().mapToInt(String::length).max().orElse(0) * LETTER + APART);
        double step = (WIDTH - left) / month.lengthOfMonth();
        StringBuilder svg = new StringBuilder();
        svg.append("<figure><div class=\"wide\"><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
                .formatted(WIDTH, TOP + PLOT + TEXT, spoken(status.days())));
        for (int i = 0; i < marks.size(); i++) {
            double y = y(axis, axis.marks().get(i));
            svg.append(line("grid", left, y)).append(text("mark", left - APART, y + HALF_LETTER, marks.get(i)));
        }
        for (ObjectiveDay day : status.days()) {
            svg.append(bar(
                    day, objective, axis, left + (day.date().getDayOfMonth() - 1 + GAP / 2) * step, step * (1 - GAP)));
        }
        svg.append(line("target", left, y(axis, objective.target())));
        for (int day : new int[] {1, 8, 15, 22, 29}) {
            if (day <= month.lengthOfMonth()) {
                svg.append(text("day", left + (day - 0.5) * step, TOP + PLOT + TEXT - 3, Integer.toString(day)));
            }
        }
        return svg.append("</svg></div><figcaption class=\"soft\">%s</figcaption></figure>"
                        .formatted(caption(status, axis)))
                .toString();
    }

    private static double y(DaysAxis axis, double value) {
        return TOP + PLOT * (1 - axis.share(value));
    }

    private static String bar(ObjectiveDay day, Objective objective, DaysAxis axis, double left, double width) {
        boolean isCut = day.value() < axis.from();
        double height = isCut ? CUT_HEIGHT : Math.max(1, PLOT * axis.share(day.value()));
        double top = TOP + PLOT - height;
        String rectangle = String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s: %s</title></rect>",
                day.met() ? "met" : "missed",
                left,
                top,
                width,
                height,
                day.date(),
                ObjectiveWords.value(objective, day.value()));
        return isCut
                ? rectangle + text("cut", left + width / 2, top - HALF_LETTER, ObjectiveWords.figures(day.value(), 3))
                : rectangle;
    }

    private static String line(String kind, double left, double y) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                kind,
                left,
                WIDTH,
                y,
                y);
    }

    private static String text(String kind, double x, double y, String text) {
        return String.format(Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", kind, x, y, text);
    }

    private static String caption(ObjectiveStatus status, DaysAxis axis) {
        String unit = ObjectiveWords.unit(status.objective());
        String begins = axis.from() == 0
                ? ""
                : " The axis begins at %s %s, not at 0%s."
                        .formatted(
                                axis.text(axis.from()),
                                unit,
                                status.days().stream().anyMatch(day -> day.value() < axis.from())
                                        ? "; days below it have their value written"
                                        : "");
        return "Days of the month, UTC, in %s. Dashed: the target of %s. Red: days that miss it alone.%s"
                .formatted(unit, ObjectiveWords.target(status.objective()), begins);
    }

    private static String spoken(List<ObjectiveDay> days) {
        long missed = days.stream().filter(day -> !day.met()).count();
        return "%d days, %d of them miss the target alone".formatted(days.size(), missed);
    }
}
