package dev.fovea.runtime.validation;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfig.BoxForm;
import dev.fovea.model.decoder.DecoderConfig.BoxUnit;
import dev.fovea.model.decoder.DetectionLists;
import dev.fovea.model.decoder.DetectionRows;
import dev.fovea.model.outputs.DecoderFinding;
import dev.fovea.model.outputs.DecoderFinding.Open;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.DetectionListsDecoder;
import dev.fovea.runtime.session.OutputTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Completes a decoder by trial runs where the graph leaves it open: whether boxes are in pixels, and whether class
 * indices start at 0 or 1. For detectors with built-in non-maximum suppression. Pure.
 */
public final class DecoderResolver {

    /** Maximum of relative coordinates, which may exceed the image a little; boxes in pixels are larger. */
    private static final double MAX_RELATIVE = 2;

    private static final int BOX = 4;

    private final DecoderFinding finding;
    private final int labels;
    private final List<String> decisions = new ArrayList<>();

    private DecoderResolver(DecoderFinding finding, int labels) {
        this.finding = finding;
        this.labels = labels;
    }

    /**
     * The result of the trial runs.
     *
     * @param decoder empty if the outputs contradict the finding
     * @param decisions decisions with their evidence, as text
     */
    public record ResolvedDecoder(Optional<DecoderConfig> decoder, List<String> decisions) {
        public ResolvedDecoder {
            decisions = List.copyOf(decisions);
        }
    }

    /**
     * Completes a finding.
     *
     * @param runs the outputs of each trial image by name
     * @param labels the number of labels
     * @throws FoveaException {@code ARGUMENT_INVALID} for a value that the runs leave open, {@code LABELS_MISMATCH} for
     *     a class without a label
     */
    public static ResolvedDecoder resolve(DecoderFinding finding, List<Map<String, Tensor>> runs, int labels) {
        DecoderResolver resolver = new DecoderResolver(finding, labels);
        Optional<DecoderConfig> decoder = switch (finding.decoder()) {
            case DetectionLists lists -> Optional.of(resolver.lists(lists, evidence(lists, runs)));
            case DetectionRows rows -> resolver.rows(rows, evidence(rows, runs));
            default -> Optional.of(finding.decoder());
        };
        return new ResolvedDecoder(decoder, resolver.decisions);
    }

    /** Whether trial runs can complete such a decoder. */
    public static boolean isApplicable(DecoderConfig decoder) {
        return decoder instanceof DetectionLists || decoder instanceof DetectionRows;
    }

    /** One output row: the box as stored, the score and the class index. */
    private record Row(float[] box, float score, float index) {
        boolean isBox() {
            return box[0] < box[2] && box[1] < box[3];
        }

        double maxCoordinate() {
            double max = 0;
            for (float value : box) {
                max = Math.max(max, Math.abs(value));
            }
            return max;
        }
    }

    private static List<Row> evidence(DetectionLists decoder, List<Map<String, Tensor>> runs) {
        DetectionLists.OutputNames names = decoder.tensors();
        List<Row> rows = new ArrayList<>();
        for (Map<String, Tensor> run : runs) {
            OutputTensor boxes = OutputTensor.of(run, names.boxes(), 2);
            OutputTensor classes = OutputTensor.of(run, names.classes(), 1);
            int length = Math.min(boxes.length(0), classes.length(0));
            int count = names.count()
                    .map(name -> DetectionListsDecoder.count(run, name, length))
                    .orElse(length);
            for (int i = 0; i < count; i++) {
                int at = i * boxes.length(1);
                float score = names.scores().isPresent()
                        ? OutputTensor.of(run, names.scores().get(), 1).values()[i]
                        : boxes.values()[at + BOX];
                rows.add(new Row(Arrays.copyOfRange(boxes.values(), at, at + BOX), score, classes.values()[i]));
            }
        }
        return rows;
    }

    private static List<Row> evidence(DetectionRows decoder, List<Map<String, Tensor>> runs) {
        List<Row> rows = new ArrayList<>();
        for (Map<String, Tensor> run : runs) {
            OutputTensor output = OutputTensor.of(run, decoder.output(), 2);
            for (int i = 0; i < output.length(0); i++) {
                float[] row = Arrays.copyOfRange(output.values(), i * output.length(1), (i + 1) * output.length(1));
                float[] box = {
                    row[decoder.at(DetectionRows.Column.X1)],
                    row[decoder.at(DetectionRows.Column.Y1)],
                    row[decoder.at(DetectionRows.Column.X2)],
                    row[decoder.at(DetectionRows.Column.Y2)]
                };
                rows.add(new Row(
                        box, row[decoder.at(DetectionRows.Column.SCORE)], row[decoder.at(DetectionRows.Column.CLASS)]));
            }
        }
        return rows;
    }

    private Optional<DecoderConfig> rows(DetectionRows decoder, List<Row> evidence) {
        if (!finding.open().contains(Open.KIND)) {
            requireLabels(
                    decoder.output(),
                    maxIndex(evidence.stream().filter(row -> row.score() > 0).toList()),
                    decoder.firstClass());
        }
        if (!finding.open().contains(Open.KIND)) {
            return Optional.of(decoder);
        }
        boolean plausible = evidence.stream()
                .allMatch(row -> row.score() >= 0
                        && row.score() <= 1
                        && row.index() >= 0
                        && row.index() == Math.rint(row.index())
                        && (labels == 0 || row.index() < labels)
                        && row.box()[0] <= row.box()[2]
                        && row.box()[1] <= row.box()[3]);
        boolean found = evidence.stream().anyMatch(row -> row.score() > 0 && row.isBox());
        if (!plausible || !found) {
            return Optional.empty();
        }
        decisions.add("its rows are corners, a score and a class index, as trial runs show");
        return Optional.of(decoder);
    }

    private DecoderConfig lists(DetectionLists decoder, List<Row> evidence) {
        List<Row> found = evidence.stream().filter(row -> row.score() > 0).toList();
        return firstClass(unit(decoder, found), found);
    }

    private DetectionLists unit(DetectionLists decoder, List<Row> found) {
        double maxCoordinate = found.stream()
                .filter(row -> row.isBox() || decoder.form() == BoxForm.CENTER)
                .mapToDouble(Row::maxCoordinate)
                .max()
                .orElse(0);
        if (maxCoordinate == 0) {
            requireOption(Open.UNIT, "whether its boxes are in pixels or in shares of the input (unit)");
            return decoder;
        }
        BoxUnit unit = maxCoordinate > MAX_RELATIVE ? BoxUnit.PIXELS : BoxUnit.SHARES;
        if (unit != decoder.unit() || finding.open().contains(Open.UNIT)) {
            decisions.add(String.format(
                    Locale.ROOT,
                    "boxes in %s, as coordinates in trial runs are up to %.4g",
                    unit == BoxUnit.PIXELS ? "pixels" : "shares of the input",
                    maxCoordinate));
        }
        return decoder.with(unit);
    }

    private DetectionLists firstClass(DetectionLists decoder, List<Row> found) {
        int maxIndex = maxIndex(found);
        boolean zero = found.stream().anyMatch(row -> Math.round(row.index()) == 0);
        int first = decoder.firstClass();
        if (zero) {
            first = 0;
        } else if (maxIndex == labels && labels > 0) {
            first = 1;
        } else if (maxIndex < labels) {
            requireOption(Open.FIRST_CLASS, "whether its first label has the class index 0 or 1 (first-class)");
        }
        requireLabels(decoder.tensors().classes(), maxIndex, first);
        if (first != decoder.firstClass() || finding.open().contains(Open.FIRST_CLASS)) {
            decisions.add("the first label has the class index %d, as trial runs show".formatted(first));
        }
        return decoder.withFirstClass(first);
    }

    private static int maxIndex(List<Row> rows) {
        return rows.stream().mapToInt(row -> Math.round(row.index())).max().orElse(-1);
    }

    private void requireLabels(String output, int maxIndex, int first) {
        if (labels > 0 && maxIndex - first >= labels) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "In a trial run the output \"%s\" has the class index %d, but there are %d labels, for the indices %d to %d. Add one label per class, with a line such as N/A for unused classes."
                            .formatted(output, maxIndex, labels, first, first + labels - 1));
        }
    }

    private void requireOption(Open point, String what) {
        if (finding.open().contains(point)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The outputs %s match a detector's %s, but neither the graph nor trial runs show %s. Set it with --decoder, starting from docs/examples/detections-decoder.json, or add images that show objects with --golden."
                            .formatted(finding.decoder().outputs(), finding.family(), what));
        }
    }
}
