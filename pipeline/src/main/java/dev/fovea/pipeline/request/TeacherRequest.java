package dev.fovea.pipeline.request;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.training.DistillationSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Models that a training learns from beside the labels. */
public record TeacherRequest(
        @JsonPropertyDescription(
                "Registered classifiers, NAME or NAME:VERSION, with classes of the same names; the mean of their probabilities is learned")
        List<String> teachers,

        @JsonPropertyDescription(
                "Share of the teachers beside the labels, above 0 and at most 1; for a head at most 0.5. Default: 0.5")
        Optional<Double> weight,

        @JsonPropertyDescription("Temperature of the teachers' predictions, 1 to 20; a head learns at 1. Default: 2")
        Optional<Double> temperature) {

    /** No teacher. */
    public static final TeacherRequest NONE = new TeacherRequest(List.of(), Optional.empty(), Optional.empty());

    private static final double HEAD_WEIGHT = 0.5;

    public TeacherRequest {
        teachers = teachers == null
                ? List.of()
                : teachers.stream().map(JobRequest::text).toList();
        weight = JobRequest.optional(weight);
        temperature = JobRequest.optional(temperature);
    }

    /** The same with another name for each teacher. */
    TeacherRequest with(UnaryOperator<String> name) {
        return new TeacherRequest(teachers.stream().map(name).toList(), weight, temperature);
    }

    /** Refuses what contradicts itself: {@code ARGUMENT_INVALID} names the field and the remedy. */
    void require(boolean head) {
        if (teachers.stream().distinct().count() < teachers.size()) {
            throw invalid("schedule.distillation.teachers is %s; each teacher may be there once."
                    .formatted(String.join(", ", teachers)));
        }
        if (teachers.isEmpty() && (weight.isPresent() || temperature.isPresent())) {
            throw invalid(
                    "schedule.distillation has a weight or a temperature and no teachers. Name a teacher, or omit them.");
        }
        if (head && temperature.isPresent()) {
            throw invalid(
                    "schedule.distillation.temperature does not apply where a head is fitted, which learns at temperature 1. Omit it.");
        }
        if (head && weight.filter(each -> each > HEAD_WEIGHT).isPresent()) {
            throw invalid(
                    "schedule.distillation.weight is %s; for a head it must be at most %s, so that the label stays the likeliest class."
                            .formatted(weight.get(), HEAD_WEIGHT));
        }
        var _ = settings(head);
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }

    /** How a training learns from them; empty without a teacher. */
    public Optional<DistillationSettings> settings(boolean head) {
        return teachers.isEmpty()
                ? Optional.empty()
                : Optional.of(new DistillationSettings(
                        teachers,
                        weight.orElse(DistillationSettings.WEIGHT),
                        head ? 1 : temperature.orElse(DistillationSettings.TEMPERATURE)));
    }
}
