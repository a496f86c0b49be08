package dev.fovea.cli.learn;

import dev.fovea.pipeline.ModelTraining;
import dev.fovea.pipeline.evaluation.ProductionComparison;
import dev.fovea.registry.Registry;
import dev.fovea.training.TrainingEvent;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a training came to, for people. */
final class TrainingText {

    private TrainingText() {}

    static String of(ModelTraining.TrainingResult result, Registry registry) {
        return Stream.of(
                        result.learning().headSentence().stream(),
                        result.alternative().stream().map(alternative -> String.join(" ", alternative.sentences())),
                        result.production().map(ProductionComparison::sentence).stream(),
                        Stream.of("Registered %s. %s%s"
                                .formatted(
                                        result.version().id(),
                                        result.learning()
                                                .epochs()
                                                .map(end -> stopped(end) + " ")
                                                .orElse(""),
                                        PromotionOption.outcome(registry, result.version(), result.promotion()))))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    /** Why learning ended. */
    static String stopped(TrainingEvent.Finished training) {
        String after = "after %.0f s and %d epochs; %s"
                .formatted(
                        training.seconds(),
                        training.epochs(),
                        training.bestEpoch() == 0
                                ? "the network is the head alone"
                                : "the weights are those of epoch " + training.bestEpoch());
        return switch (training.stopped()) {
            case TIME_LIMIT -> "Training stopped at the time limit, %s; --minutes gives it more.".formatted(after);
            case EARLY_STOPPING ->
                "Training stopped early, %s: the validation images were predicted no better since.".formatted(after);
            case DIVERGED ->
                "Training stopped because its loss was no longer a number, %s. If that happens again: --fit head."
                        .formatted(after);
            case EPOCHS -> "Training ran all its epochs, %s; --epochs gives it more.".formatted(after);
        };
    }
}
