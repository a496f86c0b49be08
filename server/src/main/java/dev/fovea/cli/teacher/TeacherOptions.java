package dev.fovea.cli.teacher;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.request.TeacherRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The models that a training learns from beside the labels. */
public final class TeacherOptions {

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description =
                    "A registered classifier, NAME or NAME:VERSION, whose predictions of the training images are learned beside the labels; classes are matched by name. Give it again for several, whose probabilities are averaged.")
    private final List<String> teachers = new ArrayList<>();

    @Option(
            names = "--teacher-weight",
            paramLabel = "W",
            description =
                    "With --teacher: their share beside the labels, above 0 and at most 1; for a head at most 0.5 (default: 0.5).")
    private @Nullable Double weight;

    @Option(
            names = "--teacher-temperature",
            paramLabel = "T",
            description =
                    "With --teacher: 1 to 20; higher shows more of the classes that a teacher thinks unlikely (default: 2; a head learns at 1).")
    private @Nullable Double temperature;

    /** Refuses a teacher where none is learned from. */
    public void requireAbsent(String training) {
        if (!request().equals(TeacherRequest.NONE)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "--teacher applies to training one classifier; %s learns without one. Omit it, with what belongs to it."
                            .formatted(training));
        }
    }

    /** The models and how they are learned from. */
    public TeacherRequest request() {
        return new TeacherRequest(teachers, Optional.ofNullable(weight), Optional.ofNullable(temperature));
    }
}
