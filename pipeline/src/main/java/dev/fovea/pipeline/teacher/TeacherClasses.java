package dev.fovea.pipeline.teacher;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The K classes of a student among those of a teacher, by their names. Pure.
 *
 * @param indices of the teacher's outputs, in the order of the student's classes; -1 for a class that it does not have
 * @param unknown the student's classes that the teacher does not have
 * @param others number of the teacher's classes that the student does not have
 */
record TeacherClasses(List<Integer> indices, List<String> unknown, int others) {

    private static final int NEEDED = 2;
    private static final int NAMED = 8;

    /** An image that shows none of the student's classes, as the teacher sees it, teaches nothing about them. */
    private static final double LEAST = 1e-3;

    /** Smaller probabilities are left out. */
    private static final double SMALLEST = 1e-6;

    TeacherClasses {
        indices = List.copyOf(indices);
        unknown = List.copyOf(unknown);
    }

    /**
     * Matches names.
     *
     * @throws FoveaException {@code LABELS_MISMATCH} where fewer than two classes are the same
     */
    static TeacherClasses of(String teacher, List<String> taught, List<String> student) {
        List<Integer> indices = student.stream().map(taught::indexOf).toList();
        List<String> unknown =
                student.stream().filter(name -> !taught.contains(name)).toList();
        int common = student.size() - unknown.size();
        if (common < NEEDED) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The teacher %s has the classes %s; the images have %s. %s. Use a teacher of the same classes, or rename them."
                            .formatted(
                                    teacher,
                                    named(taught),
                                    named(student),
                                    common == 0 ? "No class is in both" : "One class alone is in both"));
        }
        return new TeacherClasses(indices, unknown, taught.size() - common);
    }

    private static String named(List<String> classes) {
        return classes.size() <= NAMED
                ? String.join(", ", classes)
                : "%s and %,d more".formatted(String.join(", ", classes.subList(0, NAMED)), classes.size() - NAMED);
    }

    /**
     * What a prediction says about the student's classes: the teacher's probabilities of these, with the sum 1. Empty
     * for an image of a class that the teacher does not have, and where it sees none of them.
     *
     * @param probabilities of the teacher's classes
     * @param label the student's class; -1 where it is not known
     */
    Optional<Map<Integer, Double>> distribution(double[] probabilities, int label) {
        double mass = indices.stream()
                .filter(index -> index >= 0)
                .mapToDouble(index -> probabilities[index])
                .sum();
        if ((label >= 0 && indices.get(label) < 0) || !(mass >= LEAST)) {
            return Optional.empty();
        }
        Map<Integer, Double> known = new TreeMap<>();
        IntStream.range(0, indices.size())
                .filter(k -> indices.get(k) >= 0 && probabilities[indices.get(k)] >= SMALLEST * mass)
                .forEach(k -> known.put(k, probabilities[indices.get(k)]));
        return Optional.of(normalized(known));
    }

    /** The mean of the distributions of several teachers. */
    static Map<Integer, Double> mean(List<Map<Integer, Double>> distributions) {
        Map<Integer, Double> sums = new TreeMap<>();
        distributions.forEach(
                each -> each.forEach((index, probability) -> sums.merge(index, probability, Double::sum)));
        return normalized(sums);
    }

    private static Map<Integer, Double> normalized(Map<Integer, Double> weights) {
        double sum = weights.values().stream().mapToDouble(each -> each).sum();
        Map<Integer, Double> normalized = new TreeMap<>(weights);
        normalized.replaceAll((_, weight) -> weight / sum);
        return normalized;
    }
}
