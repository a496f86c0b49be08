package dev.fovea.training.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How many steps a training takes, and how far along the schedule each of them is. Where the machine turns out slower
 * or faster, the rest is planned anew; the plan's text records this, and another training with that text takes the same
 * steps at the same rates: {@code 640}, or {@code 640, 590 from 210} for 590 steps in all, decided before step 210.
 *
 * <p>Not thread-safe.
 */
public final class StepPlan {

    private static final Pattern CHANGE = Pattern.compile("(\\d{1,9}) from (\\d{1,9})");

    /** From a step on, the progress there and the number of all steps. */
    private record Stretch(int from, double progress, int total) {

        double at(int step) {
            return total <= from ? 1 : Math.min(1, progress + (1 - progress) * (step - from) / (total - from));
        }
    }

    private final List<Stretch> stretches = new ArrayList<>();

    /** A plan of so many steps, at least 1. */
    public StepPlan(int total) {
        stretches.add(new Stretch(0, 0, Math.max(1, total)));
    }

    /** Reads a plan's text; {@code IllegalArgumentException} if it is none. */
    public static StepPlan parse(String text) {
        String[] parts = text.split(", ");
        if (!parts[0].matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(text);
        }
        StepPlan plan = new StepPlan(Integer.parseInt(parts[0]));
        for (int i = 1; i < parts.length; i++) {
            Matcher matcher = CHANGE.matcher(parts[i]);
            if (!matcher.matches()
                    || Integer.parseInt(matcher.group(2))
                            <= plan.stretches.getLast().from()) {
                throw new IllegalArgumentException(text);
            }
            plan.change(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(1)));
        }
        return plan;
    }

    /** Steps in all. */
    public int total() {
        return stretches.getLast().total();
    }

    /** How far along the schedule a step begins: 0 at the first, towards 1 at the end. */
    public double progress(int step) {
        for (int i = stretches.size() - 1; i > 0; i--) {
            if (step >= stretches.get(i).from()) {
                return stretches.get(i).at(step);
            }
        }
        return stretches.getFirst().at(step);
    }

    /**
     * Plans the rest anew.
     *
     * @param step the first of the rest
     * @param total steps in all, the past ones included
     */
    public void change(int step, int total) {
        stretches.add(new Stretch(step, progress(step), Math.max(step + 1, total)));
    }

    /** The plan's text. */
    @Override
    public String toString() {
        return stretches.stream()
                .map(each -> each.from() == 0
                        ? Integer.toString(each.total())
                        : "%d from %d".formatted(each.total(), each.from()))
                .collect(Collectors.joining(", "));
    }
}
