package dev.fovea.pipeline.quantization;

import dev.fovea.datasets.formats.AnomalyFolder;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.model.Bundle;
import dev.fovea.model.anomaly.OutputCorrection;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.Fp32Conversion;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.statistics.anomaly.ScoreLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * Keeps an anomaly detector's threshold when its network becomes integers. Their rounding adds to every distance from
 * good images, so that more of them lie above the threshold. The scores of both networks are compared on calibration
 * images, and on these with a patch of another image pasted in, which brings scores to both sides of the threshold. The
 * outputs of the integer network are corrected by the line near it.
 */
final class ThresholdTransfer {

    private static final int IMAGES = 100;

    /** Every so many cells of a heat map are looked at. */
    private static final int CELLS = 7;

    private static final double MIN_PATCH = 0.05;
    private static final double MAX_PATCH = 0.4;

    private final Engine engine;
    private final List<String> outputs;
    private final List<Tensor> images;
    private final Map<String, double[]> original;

    private ThresholdTransfer(Engine engine, OnnxModel model, List<String> outputs, List<Tensor> images) {
        this.engine = engine;
        this.outputs = outputs;
        this.images = images;
        this.original = scores(model);
    }

    /**
     * The transfer of a detector's threshold; empty for other models.
     *
     * @param calibration tensors of good images
     */
    static Optional<ThresholdTransfer> of(Engine engine, Bundle bundle, List<Tensor> calibration) {
        if (!bundle.manifest().labels().equals(AnomalyFolder.LABELS)
                || !(bundle.manifest().postprocessing()
                        instanceof
                        Postprocessing.OneLabel(Optional<String> score, var _, double _, Optional<String> heatMap))
                || score.isEmpty()
                || heatMap.isEmpty()) {
            return Optional.empty();
        }
        PreprocessingContract contract = bundle.manifest().contract().orElseThrow();
        OnnxModel model = bundle.model();
        return Optional.of(new ThresholdTransfer(
                engine,
                Fp32Conversion.isNeeded(model) ? Fp32Conversion.apply(model) : model,
                List.of(score.orElseThrow(), heatMap.orElseThrow()),
                withPatches(calibration, contract.tensor().layout())));
    }

    /** The network with the threshold where the original has it. */
    OnnxModel applied(OnnxModel network) {
        Map<String, double[]> changed = scores(network);
        Map<String, OutputCorrection> corrections = new LinkedHashMap<>();
        for (String output : outputs) {
            ScoreLine line = ScoreLine.of(values(original, output), values(changed, output));
            corrections.put(output, new OutputCorrection(1 / line.slope(), -line.offset() / line.slope()));
        }
        return OutputCorrection.applied(network, corrections);
    }

    private static double[] values(Map<String, double[]> scores, String output) {
        return Objects.requireNonNull(scores.get(output));
    }

    private Map<String, double[]> scores(OnnxModel network) {
        Map<String, List<Double>> found = new LinkedHashMap<>();
        try (Session session = engine.load(network.bytes(), SessionSettings.forThisMachine())) {
            for (Tensor image : images) {
                for (Tensor output : session.run(List.of(image))) {
                    if (outputs.contains(output.name())) {
                        float[] values = output.floats();
                        for (int i = 0; i < values.length; i += CELLS) {
                            found.computeIfAbsent(output.name(), _ -> new ArrayList<>())
                                    .add((double) values[i]);
                        }
                    }
                }
            }
        }
        Map<String, double[]> scores = new LinkedHashMap<>();
        found.forEach((output, values) -> scores.put(
                output, values.stream().mapToDouble(Double::doubleValue).toArray()));
        return scores;
    }

    /** The first images, and each of them with a patch of the next one at another place. */
    private static List<Tensor> withPatches(List<Tensor> calibration, TensorFormat.Layout layout) {
        List<Tensor> all = new ArrayList<>(calibration.subList(0, Math.min(IMAGES, calibration.size())));
        int count = all.size();
        Random random = new Random(1);
        for (int i = 0; i < count && all.get(i).type() == DataType.FP32; i++) {
            all.add(pasted(all.get(i), all.get((i + 1) % count), layout, random));
        }
        return all;
    }

    private static Tensor pasted(Tensor image, Tensor other, TensorFormat.Layout layout, Random random) {
        boolean channelsFirst = layout == TensorFormat.Layout.NCHW;
        int height = (int) image.shape()[channelsFirst ? 2 : 1];
        int width = (int) image.shape()[channelsFirst ? 3 : 2];
        int channels = (int) image.shape()[channelsFirst ? 1 : 3];
        double edge = MIN_PATCH + (MAX_PATCH - MIN_PATCH) * random.nextDouble();
        int rows = (int) Math.max(1, edge * height);
        int columns = (int) Math.max(1, edge * width);
        int toRow = random.nextInt(height - rows + 1);
        int toColumn = random.nextInt(width - columns + 1);
        int fromRow = random.nextInt(height - rows + 1);
        int fromColumn = random.nextInt(width - columns + 1);
        float[] values = image.floats();
        float[] source = other.floats();
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    int to = place(channelsFirst, height, width, channels, c, toRow + y, toColumn + x);
                    values[to] = source[place(channelsFirst, height, width, channels, c, fromRow + y, fromColumn + x)];
                }
            }
        }
        return Tensor.of(image.name(), image.shape(), values);
    }

    private static int place(boolean channelsFirst, int height, int width, int channels, int c, int y, int x) {
        return channelsFirst ? (c * height + y) * width + x : (y * width + x) * channels + c;
    }
}
