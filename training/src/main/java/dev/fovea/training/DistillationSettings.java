package dev.fovea.training;

import static dev.fovea.training.TrainingSettings.require;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a network learns from other models, beside the labels. With scores z of the network and z' of a teacher, the loss
 * is {@code (1 - w) CE(label, softmax z) + w T^2 CE(softmax z'/T, softmax z/T)} (Hinton, Vinyals and Dean 2015,
 * <i>Distilling the Knowledge in a Neural Network</i>, section 2).
 *
 * @param teachers their names, for the record; the child process gets what they predict
 * @param weight w, above 0 and not above 1
 * @param temperature T, from 1 to 20
 */
public record DistillationSettings(List<String> teachers, double weight, double temperature) {

    /** Half by the labels, so that these outweigh a teacher that is sure of another class. */
    public static final double WEIGHT = 0.5;

    /** Of networks; a head learns at 1, where the two losses add up to that of mixed targets. */
    public static final double TEMPERATURE = 2;

    private static final double MAX_TEMPERATURE = 20;

    public DistillationSettings {
        teachers = List.copyOf(teachers);
        require(weight > 0 && weight <= 1, "teacher weight %s must be above 0 and at most 1", weight);
        require(
                temperature >= 1 && temperature <= MAX_TEMPERATURE,
                "teacher temperature %s must lie in 1..20",
                temperature);
    }

    /** Every setting by its name, as stored in the lineage. */
    public Map<String, String> describe() {
        return Map.of(
                "teachers",
                String.join(", ", teachers),
                "teacher_weight",
                String.format(Locale.ROOT, "%s", weight),
                "teacher_temperature",
                String.format(Locale.ROOT, "%s", temperature));
    }
}
