package dev.fovea.api.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fovea.labels.ClassNoise;
import dev.fovea.labels.SuspectLabel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/** What the API shows of the check of a data set; field names become snake_case. */
public final class CheckViews {

    private CheckViews() {}

    /** A page of labels that are probably wrong. */
    @Schema(name = "WrongLabelPage")
    public record WrongLabelPage(
            @Schema(description = "The check that found them")
            String job,

            @Schema(description = "What the check means, the most important sentence first")
            List<String> verdict,

            List<WrongLabelView> items,

            @Schema(description = "Estimated shares of wrong labels; empty where the embeddings are too poor to say")
            List<ClassNoiseView> perClass,

            @Schema(description = "The value of after for the next page; null on the last page")
            Optional<Integer> next) {}

    /** A label that is probably wrong. */
    @Schema(name = "WrongLabel")
    public record WrongLabelView(
            String hash,
            String given,
            String likely,

            @Schema(description = "Probability that the label is wrong")
            double score) {

        static WrongLabelView of(SuspectLabel suspect) {
            return new WrongLabelView(suspect.image(), suspect.given(), suspect.likely(), suspect.wrong());
        }
    }

    /** The estimated share of wrong labels of a class, at 95 % confidence. */
    @Schema(name = "ClassNoise")
    public record ClassNoiseView(@JsonProperty("class") String label, double share, double low, double high) {

        static ClassNoiseView of(ClassNoise noise) {
            return new ClassNoiseView(
                    noise.label(),
                    noise.share().value(),
                    noise.share().low(),
                    noise.share().high());
        }
    }
}
