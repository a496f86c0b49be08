package dev.fovea.api.objectives;

import dev.fovea.monitoring.objectives.ObjectiveStatus;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;

/** The days of an objective as bars in an SVG; those that miss the target alone have another class. */
final class DaysDrawing {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 64;
    private static final int TEXT = 14;
    private static final double GAP = 0.25;

    /** The axis of a share has room below its lowest value. */
    private static final double ROOM = 0.25;

    private DaysDrawing() {}

    /** Nothing for an objective without days. */
    static String of(ObjectiveStatus status, YearMonth month) {
        if (status.days().isEmpty()) {
            return "";
        }
        double target = status.objective().target();
        double low = target;
        double high = target;
        for (ObjectiveStatus.ObjectiveDay day : status.days()) {
            low = Math.min(low, day.value());
            high = Math.max(high, day.value());
        }
        double from = status.objective().indicator().isHigherBetter() ? Math.max(0, low - ROOM * (high - low)) : 0;
        if (high <= from) {
            from = 0;
        }
        double scale = HEIGHT / Math.max(high - from, Double.MIN_NORMAL);
        double step = (double) WIDTH / month.lengthOfMonth();
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
                .formatted(WIDTH, HEIGHT + TEXT, spoken(status.days())));
        for (ObjectiveStatus.ObjectiveDay day : status.days()) {
            double height = Math.max(1, (day.value() - from) * scale);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s: %s</title></rect>",
                    day.met() ? "met" : "missed",
                    (day.date().getDayOfMonth() - 1 + GAP / 2) * step,
                    HEIGHT - height,
                    step * (1 - GAP),
                    height,
                    day.date(),
                    status.objective().text(day.value())));
        }
        double y = HEIGHT - (target - from) * scale;
        svg.append(String.format(
                Locale.ROOT, "<line class=\"target\" x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", WIDTH, y, y));
        for (int day : new int[] {1, 8, 15, 22, 29}) {
            if (day <= month.lengthOfMonth()) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%d\">%d</text>",
                        (day - 0.5) * step,
                        HEIGHT + TEXT - 2,
                        day));
            }
        }
        return svg.append("</svg>").toString();
    }

    private static String spoken(List<ObjectiveStatus.ObjectiveDay> days) {
        long missed = days.stream().filter(day -> !day.met()).count();
        return "%d days, %d of them miss the target alone".formatted(days.size(), missed);
    }
}
