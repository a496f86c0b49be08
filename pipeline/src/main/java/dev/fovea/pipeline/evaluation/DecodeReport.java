package dev.fovea.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.evaluation.classification.PercentagePoints;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.quantize.Evidence;
import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which decode mode an imported model has, and the measurement behind it. Pure.
 *
 * @param outcome of the measurement
 * @param times CPU times of both modes
 * @param accuracy of both modes; empty where fast is not faster, so that it does not matter
 */
public record DecodeReport(DecodeOutcome outcome, DecodeTimes times, Optional<DecodeAccuracy> accuracy) {

    /** What the measurement showed of fast. */
    public enum DecodeOutcome {
        /** It is faster, and the loss is within the margin: it is used. */
        FAST_USED,
        /** It decodes no image at a fraction of its size. */
        IMAGES_TOO_SMALL,
        /** It is not shown to be faster by a tenth. */
        NOT_FASTER,
        /** There are too few images to compare the accuracy. */
        TOO_FEW_IMAGES,
        /** It loses more than the margin, or is significantly worse. */
        WORSE;

        /** As JSON has it. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Accuracy of both modes on the same images.
     *
     * @param figure its name
     * @param images number of images
     * @param exact from 0 to 1
     * @param fast from 0 to 1
     * @param difference fast minus exact, with its paired 95 % interval
     * @param changed images with another label; empty for detectors
     * @param passes whether the acceptance criteria are met
     * @param evidence whether the images show that the loss is within the margin
     */
    public record DecodeAccuracy(
            String figure,
            int images,
            double exact,
            double fast,
            Interval difference,
            Optional<Integer> changed,
            boolean passes,
            Evidence evidence) {

        /** {@code -0.4 points (-1.0 to +0.2)}. */
        private String points() {
            return "%s points (%s)"
                    .formatted(PercentagePoints.of(difference.value()), PercentagePoints.ends(difference));
        }

        private String both() {
            return String.format(Locale.ROOT, "%.1f %% exact, %.1f %% fast", 100 * exact, 100 * fast);
        }
    }

    /** Minimum number of images to compare on, as for a quantized network. */
    static final int MIN_IMAGES = 30;

    /** Where only the times are known: fast is not faster. */
    static DecodeReport notFaster(DecodeTimes times) {
        return new DecodeReport(
                times.reduced() == 0 ? DecodeOutcome.IMAGES_TOO_SMALL : DecodeOutcome.NOT_FASTER,
                times,
                Optional.empty());
    }

    /** Where fast is faster, by the accuracy. */
    static DecodeReport faster(DecodeTimes times, DecodeAccuracy accuracy) {
        DecodeOutcome outcome = !accuracy.passes()
                ? DecodeOutcome.WORSE
                : accuracy.images() < MIN_IMAGES ? DecodeOutcome.TOO_FEW_IMAGES : DecodeOutcome.FAST_USED;
        return new DecodeReport(outcome, times, Optional.of(accuracy));
    }

    /** The mode that is used. */
    public DecodeMode mode() {
        return outcome == DecodeOutcome.FAST_USED ? DecodeMode.FAST : DecodeMode.EXACT;
    }

    /** The mode as the contract has it. */
    @JsonProperty("mode")
    public String word() {
        return mode().name().toLowerCase(Locale.ROOT);
    }

    /** The verdict, then the figures. */
    @JsonProperty("sentences")
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(verdict());
        sentences.add("Fast decodes %d of %d images at a fraction of their size. Decoding and preprocessing take %s."
                .formatted(times.reduced(), times.images(), milliseconds()));
        accuracy.ifPresent(known -> sentences.add("On %,d labelled images the %s is %s.%s %s"
                .formatted(
                        known.images(),
                        known.figure(),
                        known.both(),
                        known.changed()
                                .map(" %,d images get another label."::formatted)
                                .orElse(""),
                        known.evidence().sentence())));
        return sentences;
    }

    /** The figures as settings of the version's lineage. */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("decode", word() + ", measured" + reason());
        settings.put("decode_at_fraction", "%d of %d images".formatted(times.reduced(), times.images()));
        settings.put("decode_times", milliseconds());
        settings.put("decode_speed_up", ratio());
        accuracy.ifPresent(known -> {
            settings.put(
                    "decode_accuracy",
                    "%s: %s, %s on %d images".formatted(known.figure(), known.both(), known.points(), known.images()));
            known.changed().ifPresent(changed -> settings.put("decode_changed_labels", String.valueOf(changed)));
        });
        return settings;
    }

    private String reason() {
        return mode() == DecodeMode.FAST ? "" : ": " + outcome.word().replace('_', ' ');
    }

    private String verdict() {
        return switch (outcome) {
            case FAST_USED -> {
                DecodeAccuracy known = accuracy.orElseThrow();
                yield "Decode fast is used: %s as fast on these images; the %s changes by %s, within the margin of %s."
                        .formatted(ratio(), known.figure(), known.points(), margin(known));
            }
            case IMAGES_TOO_SMALL ->
                "Decode exact is used: no image is a JPEG that is large enough for fast to matter.";
            case NOT_FASTER ->
                "Decode exact is used: fast is %s as fast on these images; the minimum is %.1f."
                        .formatted(ratio(), DecodeTimes.MIN_SPEED_UP);
            case TOO_FEW_IMAGES ->
                "Decode exact is used: fast is %s as fast, but %d images are too few to compare; add images, %d or more."
                        .formatted(ratio(), accuracy.orElseThrow().images(), MIN_IMAGES);
            case WORSE -> {
                DecodeAccuracy known = accuracy.orElseThrow();
                boolean beyond =
                        -100 * known.difference().value() > known.evidence().margin();
                yield "Decode exact is used: fast is %s as fast, but the %s changes by %s; %s."
                        .formatted(
                                ratio(),
                                known.figure(),
                                known.points(),
                                beyond
                                        ? "the margin is " + margin(known)
                                        : "it is significantly worse, overall or for a label");
            }
        };
    }

    private static String margin(DecodeAccuracy accuracy) {
        return accuracy.evidence().margin() + " points";
    }

    /** {@code 1.62 × (1.55 to 1.70)}. */
    private String ratio() {
        Interval ratio = times.speedUp();
        return String.format(Locale.ROOT, "%.2f × (%.2f to %.2f)", ratio.value(), ratio.low(), ratio.high());
    }

    private String milliseconds() {
        return String.format(
                Locale.ROOT, "%.1f ms of CPU time exact, %.1f ms fast (medians)", times.exactMs(), times.fastMs());
    }
}
