package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Size;
import dev.fovea.model.decoder.DecoderConfig.ScoreActivation;
import dev.fovea.model.decoder.NanoDet;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.OutputTensor;
import dev.fovea.statistics.Softmax;
import java.util.List;
import java.util.Map;

/** NanoDet's scores and distance distributions; see {@link NanoDet} for the formulas' source. Pure. */
final class NanoDetDecoder {

    private static final int SIDES = 4;

    private final NanoDet decoder;
    private final Size input;
    private final Candidates found;

    private NanoDetDecoder(NanoDet decoder, Size input) {
        this.decoder = decoder;
        this.input = input;
        this.found = new Candidates(decoder.selection().score());
    }

    /** Every class of every cell whose score is high enough, clipped to the input, in pixels of the input. */
    static List<Candidate> candidates(NanoDet decoder, Map<String, Tensor> outputs, Size input) {
        NanoDetDecoder reader = new NanoDetDecoder(decoder, input);
        if (decoder.outputs().size() == 1) {
            reader.joined(OutputTensor.of(outputs, decoder.outputs().getFirst(), 2));
        } else {
            reader.apart(outputs);
        }
        return reader.found.all();
    }

    private void joined(OutputTensor output) {
        String name = decoder.outputs().getFirst();
        int cells = decoder.strides().stream().mapToInt(this::cells).sum();
        int classes = output.length(1) - decoder.distances();
        output.require(
                output.length(0) == cells && classes > 0,
                name,
                "[%d, classes + %d] for strides %s of an input %s"
                        .formatted(cells, decoder.distances(), decoder.strides(), input));
        int first = 0;
        for (int stride : decoder.strides()) {
            level(stride, first, new Rows(output, 0, classes), new Rows(output, classes, decoder.distances()), first);
            first += cells(stride);
        }
    }

    private void apart(Map<String, Tensor> outputs) {
        int levels = decoder.strides().size();
        int first = 0;
        for (int i = 0; i < levels; i++) {
            int stride = decoder.strides().get(i);
            String scoresName = decoder.outputs().get(i);
            String distancesName = decoder.outputs().get(levels + i);
            OutputTensor scores = OutputTensor.of(outputs, scoresName, 2);
            OutputTensor distances = OutputTensor.of(outputs, distancesName, 2);
            int cells = cells(stride);
            scores.require(scores.length(0) == cells, scoresName, "[%d, classes]".formatted(cells));
            distances.require(
                    distances.length(0) == cells && distances.length(1) == decoder.distances(),
                    distancesName,
                    "[%d, %d]".formatted(cells, decoder.distances()));
            level(stride, 0, new Rows(scores, 0, scores.length(1)), new Rows(distances, 0, decoder.distances()), first);
            first += cells;
        }
    }

    /** Some columns of every row of an output. */
    private record Rows(OutputTensor output, int column, int count) {
        int at(int row) {
            return row * output.length(1) + column;
        }
    }

    private int cells(int stride) {
        return Math.ceilDiv(input.height(), stride) * Math.ceilDiv(input.width(), stride);
    }

    /** One stride's cells, of which the first is row {@code from} and candidate {@code index}. */
    private void level(int stride, int from, Rows scores, Rows distances, int index) {
        int across = Math.ceilDiv(input.width(), stride);
        for (int cell = 0; cell < cells(stride); cell++) {
            int at = scores.at(from + cell);
            for (int label = 0; label < scores.count(); label++) {
                double score = score(scores.output().values()[at + label]);
                if (found.wants(score)) {
                    double x = (cell % across + decoder.offset()) * stride;
                    int row = cell / across;
                    double y = (row + decoder.offset()) * stride;
                    double[] sides = sides(distances.output().values(), distances.at(from + cell), stride);
                    found.corners(
                            index + cell,
                            label,
                            score,
                            Math.clamp(x - sides[0], 0, input.width()),
                            Math.clamp(y - sides[1], 0, input.height()),
                            Math.clamp(x + sides[2], 0, input.width()),
                            Math.clamp(y + sides[3], 0, input.height()));
                }
            }
        }
    }

    private double score(float value) {
        return decoder.activation() == ScoreActivation.SIGMOID ? ScoreMath.sigmoid(value) : value;
    }

    /** The means of four distributions, in pixels. */
    private double[] sides(float[] values, int at, int stride) {
        int bins = decoder.regMax() + 1;
        double[] sides = new double[SIDES];
        for (int side = 0; side < SIDES; side++) {
            double[] shares = Softmax.of(values, at + side * bins, bins, 1);
            for (int distance = 0; distance < bins; distance++) {
                sides[side] += distance * shares[distance] * stride;
            }
        }
        return sides;
    }
}
