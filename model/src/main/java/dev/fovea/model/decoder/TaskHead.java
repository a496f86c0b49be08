package dev.fovea.model.decoder;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What tells one task of a network that does several: an output with one number per label.
 *
 * @param task the task's name
 * @param output the output's name, {@code [N,K]} logits
 * @param labels K, in the order of the output
 * @param temperature the logits' divisor that calibrates confidence; 1 when not calibrated
 */
public record TaskHead(String task, String output, List<String> labels, double temperature) {

    /** What a task may be called. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    private static final String SEPARATOR = "=";

    public TaskHead {
        labels = List.copyOf(labels);
        if (!NAME.matcher(task).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no name of a task: small letters, digits, - and _, 40 at most".formatted(task));
        }
        if (labels.size() < 2 || new HashSet<>(labels).size() != labels.size()) {
            throw new IllegalArgumentException("the task %s has the labels %s".formatted(task, labels));
        }
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature " + temperature + " is not positive");
        }
    }

    /** A label with the name of its task, for where the labels of all tasks stand together: {@code colour=red}. */
    public static String qualified(String task, String label) {
        return task + SEPARATOR + label;
    }

    /** The name of the task that a qualified label is of; the label itself where it has none. */
    public static String task(String qualified) {
        int end = qualified.indexOf(SEPARATOR);
        return end < 0 ? qualified : qualified.substring(0, end);
    }

    /** The same with another temperature. */
    public TaskHead withTemperature(double calibrated) {
        return new TaskHead(task, output, labels, calibrated);
    }
}
