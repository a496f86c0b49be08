package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfig.BoxForm;
import dev.fovea.model.decoder.DecoderConfig.BoxUnit;
import dev.fovea.model.decoder.DecoderConfig.ScoreActivation;
import dev.fovea.model.decoder.DetectionLists;
import dev.fovea.model.decoder.DetectionRows;
import dev.fovea.model.decoder.DetectionRows.Column;
import dev.fovea.model.decoder.NanoDet;
import dev.fovea.model.decoder.Selection;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.OutputDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Heads whose detections are final, and NanoDet's distributions: small outputs that are worked out by hand. */
class SelectedDetectionsTest {

    private static final Size INPUT = new Size(64, 64);

    @Test
    void shouldReadRowsInAnyOrderOfColumns() {
        DetectionRows decoder = new DetectionRows(
                "rows",
                List.of(Column.UNUSED, Column.CLASS, Column.SCORE, Column.X1, Column.Y1, Column.X2, Column.Y2),
                BoxUnit.SHARES,
                1,
                Optional.empty(),
                0.3,
                10);
        // class 0 is the background; a score of 0.2 is below the threshold
        float[] rows = {
            0, 2, 0.5f, 0.25f, 0.5f, 0.75f, 1, 0, 0, 0.9f, 0, 0, 1, 1, 0, 1, 0.8f, 0, 0, 0.5f, 0.5f, 0, 1, 0.2f, 0, 0,
            1, 1
        };
        List<Detection> found = decode(decoder, Tensor.of("rows", new long[] {4, 7}, rows));
        assertThat(found).hasSize(2);
        assertDetection(found.get(0), 0, 0.8, new Box(0, 0, 32, 32));
        assertDetection(found.get(1), 1, 0.5, new Box(16, 32, 48, 64));
    }

    @Test
    void shouldGiveRowsTheirMasks() {
        DetectionRows decoder = new DetectionRows(
                "rows", DetectionRows.ULTRALYTICS, BoxUnit.PIXELS, 0, Optional.of("prototypes"), 0.3, 10);
        float[] prototypes = new float[2 * 16 * 16];
        Arrays.fill(prototypes, 0, 16 * 16, 1);
        List<Detection> found = decode(
                decoder,
                Tensor.of("rows", new long[] {1, 2, 8}, new float[] {
                    0, 0, 32, 32, 0.9f, 0, 5, 0, 32, 32, 64, 64, 0.8f, 1, -5, 0
                }),
                Tensor.of("prototypes", new long[] {1, 2, 16, 16}, prototypes));
        assertThat(found.get(0).mask().orElseThrow().area()).isEqualTo(32 * 32);
        assertThat(found.get(1).mask().orElseThrow().area()).isZero();
    }

    @Test
    void shouldCountOnlyAsManyAsTheNetworkSays() {
        DetectionLists decoder = new DetectionLists(
                new DetectionLists.OutputNames("b", Optional.of("s"), "c", Optional.of("n")),
                BoxForm.CORNERS_YX,
                BoxUnit.SHARES,
                1,
                0.3,
                10);
        List<Detection> found = decode(
                decoder,
                Tensor.of("b", new long[] {1, 2, 4}, new float[] {0, 0.25f, 0.5f, 1, 0, 0, 1, 1}),
                Tensor.of("s", new long[] {1, 2}, new float[] {0.5f, 0.9f}),
                Tensor.of("c", new long[] {1, 2}, new float[] {3, 1}),
                Tensor.of("n", new long[] {1}, new float[] {1}));
        assertThat(found).hasSize(1);
        assertDetection(found.getFirst(), 2, 0.5, new Box(16, 0, 64, 32));
    }

    @Test
    void shouldTakeNoDetectionsAtAll() {
        DetectionLists decoder = new DetectionLists(
                new DetectionLists.OutputNames("b", Optional.of("s"), "c", Optional.empty()),
                BoxForm.CORNERS,
                BoxUnit.PIXELS,
                1,
                0.3,
                10);
        assertThat(decode(
                        decoder,
                        Tensor.of("b", new long[] {0, 4}, new float[0]),
                        Tensor.of("s", new long[] {0}, new float[0]),
                        Tensor.of("c", new long[] {0}, new float[0])))
                .isEmpty();
        assertThatThrownBy(() -> decode(
                        decoder,
                        Tensor.of("b", new long[] {2, 4}, new float[8]),
                        Tensor.of("s", new long[] {1}, new float[1]),
                        Tensor.of("c", new long[] {2}, new float[2])))
                .hasMessageContaining("\"s\"", "[2]");
    }

    /**
     * One level of stride 32 with four cells and distances 0 to 2. Cell 3 is at (32, 32) for NanoDet-Plus; weights (0,
     * 0, 1) give a distance of 2 strides, (½, ½, 0) of ½, and the box is clipped to the input.
     */
    @Test
    void shouldReadNanoDetsDistributions() {
        float high = 100;
        float[] values = new float[4 * (2 + 12)];
        float[] cell = {0.1f, 0.7f, 0, 0, high, high, high, 0, 0, high, 0, high, high, 0};
        System.arraycopy(cell, 0, values, 3 * 14, 14);
        NanoDet plus = new NanoDet(
                List.of("out"), List.of(32), 2, 0, ScoreActivation.NONE, new Selection(0.3, 0.6, false, 10));
        List<Detection> found = decode(plus, Tensor.of("out", new long[] {1, 4, 14}, values));
        assertThat(found).hasSize(1);
        assertDetection(found.getFirst(), 1, 0.7, new Box(0, 16, 64, 48));
        NanoDet first = new NanoDet(List.of("out"), List.of(32), 2, 0.5, ScoreActivation.NONE, plus.selection());
        found = decode(first, Tensor.of("out", new long[] {1, 4, 14}, values));
        assertDetection(found.getFirst(), 1, 0.7, new Box(0, 32, 64, 64));
    }

    @Test
    void shouldReadNanoDetsOlderOutputsAlike() {
        float high = 100;
        float[] scores = {0, 0, 0, 0, 0, 0, 0.1f, 0.7f};
        float[] sides = new float[4 * 12];
        System.arraycopy(new float[] {0, 0, high, high, high, 0, 0, high, 0, high, high, 0}, 0, sides, 36, 12);
        NanoDet decoder = new NanoDet(
                List.of("s", "d"), List.of(32), 2, 0, ScoreActivation.NONE, new Selection(0.3, 0.6, false, 10));
        List<Detection> found = decode(
                decoder, Tensor.of("s", new long[] {1, 4, 2}, scores), Tensor.of("d", new long[] {1, 4, 12}, sides));
        assertThat(found).hasSize(1);
        assertDetection(found.getFirst(), 1, 0.7, new Box(0, 16, 64, 48));
    }

    private static void assertDetection(Detection detection, int label, double score, Box box) {
        assertThat(detection.label()).isEqualTo(label);
        assertThat(detection.confidence()).isCloseTo(score, within(1e-6));
        assertThat(detection.box().overlap(box)).isCloseTo(1, within(1e-4));
    }

    private static List<Detection> decode(DecoderConfig decoder, Tensor... outputs) {
        Map<String, Tensor> named = Stream.of(outputs).collect(Collectors.toMap(Tensor::name, output -> output));
        return ((Decoded.Detections) OutputDecoder.decode(decoder, named, ImageTransform.identity(INPUT))).detections();
    }
}
