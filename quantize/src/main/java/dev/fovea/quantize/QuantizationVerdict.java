package dev.fovea.quantize;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.evaluation.report.EvaluationVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a quantized network is usable, by the labels of the test images, if any, and by comparison with the original.
 * Pure.
 *
 * @param outcome of the verdict
 * @param images number of test images
 * @param sentences readable sentences, the most important first; at least one
 */
public record QuantizationVerdict(QuantizationOutcome outcome, int images, List<String> sentences) {

    private static final String USABLE = "Usable: ";

    /** The result on the test images. */
    public enum QuantizationOutcome {
        /** As good as the original within the margin; usable, where labels are known. */
        AS_GOOD,
        /** No loss beyond the margin was found, but the images do not show that there is none. */
        NOT_SHOWN,
        /** It loses more than the margin, or is significantly worse. */
        WORSE,
        /** The labels show that it is of no use, or not that it is; the original may be none either. */
        NOT_USABLE;

        /** As JSON has it. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The input of a verdict.
     *
     * @param figure the compared metric, such as {@code accuracy}
     * @param loss in points
     * @param original by the labels; empty without labels
     * @param candidate by the labels; empty without labels
     */
    record Basis(
            int images,
            boolean passes,
            String figure,
            double loss,
            Evidence evidence,
            Optional<EvaluationVerdict> original,
            Optional<EvaluationVerdict> candidate) {

        /** Without labels. */
        Basis(int images, boolean passes, String figure, double loss, Evidence evidence) {
            this(images, passes, figure, loss, evidence, Optional.empty(), Optional.empty());
        }
    }

    public QuantizationVerdict {
        sentences = List.copyOf(sentences);
    }

    static QuantizationVerdict of(Basis basis) {
        QuantizationOutcome outcome = outcome(basis);
        List<String> sentences = new ArrayList<>();
        sentences.add(headline(outcome, basis));
        byLabels(outcome, basis).ifPresent(sentences::add);
        sentences.add(evidence(basis));
        return new QuantizationVerdict(outcome, basis.images(), sentences);
    }

    /** Of an evaluation with a verdict of its own. */
    static QuantizationVerdict plain(boolean passes, String sentence) {
        return new QuantizationVerdict(
                passes ? QuantizationOutcome.NOT_SHOWN : QuantizationOutcome.WORSE, 0, List.of(sentence));
    }

    /** The first sentence. */
    public String headline() {
        return sentences.getFirst();
    }

    private static QuantizationOutcome outcome(Basis basis) {
        if (!basis.passes()) {
            return QuantizationOutcome.WORSE;
        }
        if (basis.candidate().filter(verdict -> !verdict.clearsFloor()).isPresent()) {
            return QuantizationOutcome.NOT_USABLE;
        }
        return basis.evidence().shown() ? QuantizationOutcome.AS_GOOD : QuantizationOutcome.NOT_SHOWN;
    }

    private static String headline(QuantizationOutcome outcome, Basis basis) {
        boolean isLabelled = basis.candidate().isPresent();
        String margin = "%s may be lost".formatted(points(basis.evidence().margin()));
        return switch (outcome) {
            case AS_GOOD ->
                "%s as good as the original within the margin: the 95 %% interval of the loss ends at %s points of %s, and %s."
                        .formatted(
                                isLabelled ? "Usable, and" : "Shown to be",
                                points(basis.evidence().high()),
                                basis.figure(),
                                margin);
            case NOT_SHOWN ->
                "%s to be as good as the original: it loses %s points of %s on these images, and a loss of %s is not ruled out (95 %% interval); %s."
                        .formatted(
                                isLabelled ? "Usable, but not shown" : "Not shown",
                                points(basis.loss()),
                                basis.figure(),
                                points(basis.evidence().high()),
                                margin);
            case WORSE ->
                basis.loss() > basis.evidence().margin()
                        ? "Not as good as the original: it loses %s points of %s on these images, and %s."
                                .formatted(points(basis.loss()), basis.figure(), margin)
                        : "Not as good as the original: it is significantly worse on these images.";
            case NOT_USABLE ->
                basis.candidate().orElseThrow().headline()
                        + basis.original()
                                .filter(verdict -> !verdict.clearsFloor())
                                .map(ignored -> " The same is true of the original.")
                                .orElse("");
        };
    }

    private static Optional<String> byLabels(QuantizationOutcome outcome, Basis basis) {
        if (outcome == QuantizationOutcome.NOT_USABLE) {
            return Optional.of("Compared with the original, it loses %s points of %s; %s may be lost."
                    .formatted(
                            points(basis.loss()),
                            basis.figure(),
                            points(basis.evidence().margin())));
        }
        return Optional.of(basis.candidate()
                .map(EvaluationVerdict::headline)
                .map(headline -> headline.startsWith(USABLE)
                        ? "By the labels of the images: " + headline.substring(USABLE.length())
                        : headline)
                .orElse("Whether it is usable is not known: the images have no labels."));
    }

    private static String evidence(Basis basis) {
        return "This rests on %,d test images, used once, after the network was chosen.%s"
                .formatted(
                        basis.images(),
                        basis.evidence()
                                .images()
                                .filter(ignored -> !basis.evidence().shown())
                                .map(" That is few: about %,d would show it with a power of 80 %%."::formatted)
                                .orElse(""));
    }

    private static String points(double value) {
        return String.format(Locale.ROOT, value == Math.rint(10 * value) / 10 ? "%.1f" : "%.2f", value + 0.0);
    }
}
