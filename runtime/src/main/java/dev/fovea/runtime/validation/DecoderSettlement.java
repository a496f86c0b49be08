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
 * Settles by trial runs what a graph's names and shapes leave open about a detector that selects its detections itself:
 * whether boxes are in pixels, and whether class indices start at 0 or 1. Pure.
 */
public final class DecoderSettlement {

    /** Shares may reach a little beyond the image; no detector gives only boxes of under two pixels. */
    private static final double LARGEST_SHARE = 2;

    private static final int BOX = 4;

    private final DecoderFinding finding;
    private final int labels;
    private final List<String> said = new ArrayList<>();

    private DecoderSettlement(DecoderFinding finding, int labels) {
        this.finding = finding;
        this.labels = labels;
    }

    /**
     * What the runs show.
     *
     * @param decoder empty when the output is not what it looked like
     * @param said what was decided and by what, in words
     */
    public record Settled(Optional<DecoderConfig> decoder, List<String> said) {
        public Settled {
            said = List.copyOf(said);
        }
    }

    /**
     * Settles a finding.
     *
     * @param runs the outputs of each trial image by name
     * @param labels the label count
     * @throws FoveaException {@code ARGUMENT_INVALID} for what the runs leave open as well, {@code LABELS_MISMATCH} for
     *     a class without a label
     */
    public static Settled settle(DecoderFinding finding, List<Map<String, Tensor>> runs, int labels) {
        DecoderSettlement settlement = new DecoderSettlement(finding, labels);
        Optional<DecoderConfig> decoder = switch (finding.decoder()) {
            case DetectionLists lists -> Optional.of(settlement.lists(lists, evidence(lists, runs)));
            case DetectionRows rows -> settlement.rows(rows, evidence(rows, runs));
            default -> Optional.of(finding.decoder());
        };
        return new Settled(decoder, settlement.said);
    }

    /** Whether runs can tell anything of such a decoder. */
    public static boolean tells(DecoderConfig decoder) {
        return decoder instanceof DetectionLists || decoder instanceof DetectionRows;
    }

    /** One row that an output gave: the box's numbers as they are, the score and the class index. */
    private record Row(float[] box, float score, float index) {
        boolean isBox() {
            return box[0] < box[2] && box[1] < box[3];
        }

        double reach() {
            double reach = 0;
            for (float value : box) {
                reach = Math.max(reach, Math.abs(value));
            }
            return reach;
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
                    largest(evidence.stream().filter(row -> row.score() > 0).toList()),
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
        boolean shown = evidence.stream().anyMatch(row -> row.score() > 0 && row.isBox());
        if (!plausible || !shown) {
            return Optional.empty();
        }
        said.add("its rows hold corners, a score and a class index, as trial runs show");
        return Optional.of(decoder);
    }

    private DecoderConfig lists(DetectionLists decoder, List<Row> evidence) {
        List<Row> found = evidence.stream().filter(row -> row.score() > 0).toList();
        return firstClass(unit(decoder, found), found);
    }

    private DetectionLists unit(DetectionLists decoder, List<Row> found) {
        double reach = found.stream()
                .filter(row -> row.isBox() || decoder.form() == BoxForm.CENTER)
                .mapToDouble(Row::reach)
                .max()
                .orElse(0);
        if (reach == 0) {
            requireOption(Open.UNIT, "whether its boxes are in pixels or in shares of the input (unit)");
            return decoder;
        }
        BoxUnit unit = reach > LARGEST_SHARE ? BoxUnit.PIXELS : BoxUnit.SHARES;
        if (unit != decoder.unit() || finding.open().contains(Open.UNIT)) {
            said.add(String.format(
                    Locale.ROOT,
                    "boxes in %s, as trial runs reach %.4g",
                    unit == BoxUnit.PIXELS ? "pixels" : "shares of the input",
                    reach));
        }
        return decoder.with(unit);
    }

    private DetectionLists firstClass(DetectionLists decoder, List<Row> found) {
        int largest = largest(found);
        boolean zero = found.stream().anyMatch(row -> Math.round(row.index()) == 0);
        int first = decoder.firstClass();
        if (zero) {
            first = 0;
        } else if (largest == labels && labels > 0) {
            first = 1;
        } else if (largest < labels) {
            requireOption(Open.FIRST_CLASS, "whether its first label has the class index 0 or 1 (first-class)");
        }
        requireLabels(decoder.tensors().classes(), largest, first);
        if (first != decoder.firstClass() || finding.open().contains(Open.FIRST_CLASS)) {
            said.add("the first label has the class index %d, as trial runs show".formatted(first));
        }
        return decoder.withFirstClass(first);
    }

    private static int largest(List<Row> rows) {
        return rows.stream().mapToInt(row -> Math.round(row.index())).max().orElse(-1);
    }

    private void requireLabels(String output, int largest, int first) {
        if (labels > 0 && largest - first >= labels) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "In a trial run the output \"%s\" gives the class index %d, but there are %d labels, for the indices %d to %d. Give one label per class, with a line such as N/A for classes that do not occur."
                            .formatted(output, largest, labels, first, first + labels - 1));
        }
    }

    private void requireOption(Open point, String what) {
        if (finding.open().contains(point)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The outputs %s look like a detector's %s, but neither the graph nor trial runs tell %s. Say it with --decoder, starting from docs/examples/detections-decoder.json, or give images that show objects with --golden."
                            .formatted(finding.decoder().outputs(), finding.family(), what));
        }
    }
}
