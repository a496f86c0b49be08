package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.Point;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfig.BoxForm;
import dev.fovea.model.decoder.DecoderConfig.BoxUnit;
import dev.fovea.model.decoder.DecoderConfig.ScoreActivation;
import dev.fovea.model.decoder.Selection;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.OutputDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever numbers and shapes a network gives, the answers are sane or the refusal is the program's own. */
class OutputDecoderBoundsTest {

    private static final Selection SELECTION = new Selection(0.2, 0.5, false, 20);
    private static final ImageSize IMAGE = new ImageSize(90, 50);
    private static final ImageTransform PLACEMENT = new ImageTransform(IMAGE, new Size(32, 64), 0.5, 0.5, 9, -3);
    private static final float[] ODD = {
        0, -1, 1e30f, -1e30f, Float.MAX_VALUE, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
    };

    @Property(tries = 3000)
    void shouldStayInsideTheImageOrRefuse(@ForAll @IntRange(min = 0, max = 7) int kind, @ForAll long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> outputs = Map.of("a", tensor("a", random), "b", tensor("b", random));
        try {
            check(OutputDecoder.decode(decoder(kind, random), outputs, PLACEMENT));
        } catch (FoveaException e) {
            assertThat(e.getMessage()).contains("decoder").doesNotContain("null");
        }
    }

    private static void check(Decoded decoded) {
        switch (decoded) {
            case Decoded.Detections things -> {
                assertThat(things.detections()).hasSizeLessThanOrEqualTo(20);
                for (Detection detection : things.detections()) {
                    assertThat(detection.confidence()).isGreaterThanOrEqualTo(0.2);
                    assertThat(detection.box()).isEqualTo(detection.box().within(IMAGE.box()));
                    assertThat(detection.box().isEmpty()).isFalse();
                    detection.mask().ifPresent(mask -> {
                        Box extent = mask.extent();
                        assertThat(extent.within(detection.box()).area()).isGreaterThanOrEqualTo(extent.area() - 600);
                        assertThat(mask.size()).isEqualTo(IMAGE);
                    });
                }
            }
            case Decoded.TextRegions text ->
                text.regions().stream()
                        .flatMap(region -> region.outline().points().stream())
                        .forEach(OutputDecoderBoundsTest::checkInside);
            case Decoded.ClassRegions classes ->
                assertThat(classes.regions().stream()
                                .mapToInt(region -> region.mask().area())
                                .sum())
                        .isLessThanOrEqualTo(90 * 50);
        }
    }

    private static void checkInside(Point point) {
        assertThat(point.x()).isBetween(0f, 90f);
        assertThat(point.y()).isBetween(0f, 50f);
    }

    private static Tensor tensor(String name, Random random) {
        long[] shape = new long[1 + random.nextInt(4)];
        int elements = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = i == 0 && shape.length > 2 ? 1 : random.nextInt(12);
            elements *= (int) shape[i];
        }
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = random.nextInt(40) == 0 ? ODD[random.nextInt(ODD.length)] : random.nextFloat() * 3;
        }
        return Tensor.of(name, shape, values);
    }

    private static DecoderConfig decoder(int kind, Random random) {
        Optional<String> prototypes = random.nextBoolean() ? Optional.of("b") : Optional.empty();
        return switch (kind) {
            case 0 -> new DecoderConfig.Yolox("a", List.of(16, 32), SELECTION);
            case 1 -> new DecoderConfig.YoloV5("a", prototypes, SELECTION);
            case 2 -> new DecoderConfig.YoloV8("a", prototypes, SELECTION);
            case 3 ->
                new DecoderConfig.BoxesAndScores(
                        "a",
                        "b",
                        BoxForm.values()[random.nextInt(2)],
                        BoxUnit.values()[random.nextInt(2)],
                        ScoreActivation.values()[random.nextInt(3)],
                        random.nextBoolean() ? OptionalInt.of(random.nextInt(3)) : OptionalInt.empty(),
                        SELECTION);
            case 4 -> new DecoderConfig.FastestDet("a", SELECTION);
            case 5 -> new DecoderConfig.Detr("b", "a", ScoreActivation.values()[1 + random.nextInt(2)], 0.2, 20);
            case 6 -> new DecoderConfig.TextMap("a", 0.3, 0.6, 1.5, 20);
            default -> new DecoderConfig.SemanticMap("a");
        };
    }
}
