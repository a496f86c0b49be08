package dev.fovea.runtime.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfig.BoxForm;
import dev.fovea.model.decoder.DecoderConfig.BoxUnit;
import dev.fovea.model.decoder.DecoderConfig.ScoreActivation;
import dev.fovea.model.decoder.Selection;
import dev.fovea.model.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Small outputs whose answers are reckoned by hand. */
class OutputDecoderTest {

    private static final Selection SELECTION = new Selection(0.5, 0.5, false, 10);
    private static final Size INPUT = new Size(64, 64);
    /** An image of 128 × 64 letterboxed into the middle of the input at half its size. */
    private static final ImageTransform LETTERBOX = new ImageTransform(new ImageSize(128, 64), INPUT, 0.5, 0.5, 0, 16);

    @Test
    void shouldDecodeYoloxOnItsGrid() {
        DecoderConfig decoder = new DecoderConfig.Yolox("out", List.of(32), SELECTION);
        float[] values = new float[4 * 7];
        // cell (1, 0): centre (1.5, 0.5) · 32, size (e^0, e^ln2) · 32, objectness 0.9, classes 0.1 and 0.8
        System.arraycopy(new float[] {0.5f, 0.5f, 0, (float) Math.log(2), 0.9f, 0.1f, 0.8f}, 0, values, 7, 7);
        assertOne(decode(decoder, tensor("out", values, 1, 4, 7)), 1, 0.72, new Box(32, 0, 64, 48));
    }

    @Test
    void shouldUndoTheLetterbox() {
        DecoderConfig decoder = new DecoderConfig.YoloV8("out", Optional.empty(), SELECTION);
        float[] values = {32, 32, 20, 16, 0.75f};
        Decoded decoded = OutputDecoder.decode(decoder, tensor("out", values, 1, 5, 1), LETTERBOX);
        assertOne(decoded, 0, 0.75, new Box(44, 16, 84, 48));
        float[] inBorder = {32, 8, 20, 10, 0.75f};
        decoded = OutputDecoder.decode(decoder, tensor("out", inBorder, 1, 5, 1), LETTERBOX);
        assertThat(((Decoded.Detections) decoded).detections()).isEmpty();
    }

    @Property
    void shouldGiveTheSameWhicheverWayRoundYoloLies(@ForAll long seed) {
        int candidates = 50;
        int classes = 3;
        Random random = new Random(seed);
        float[] v8 = new float[(4 + classes) * candidates];
        float[] v5 = new float[(5 + classes) * candidates];
        for (int i = 0; i < candidates; i++) {
            v5[i * (5 + classes) + 4] = 1;
            for (int f = 0; f < 4 + classes; f++) {
                float value = f < 4 ? random.nextFloat() * 40 : random.nextFloat();
                v8[f * candidates + i] = value;
                v5[i * (5 + classes) + (f < 4 ? f : f + 1)] = value;
            }
        }
        assertThat(decode(
                        new DecoderConfig.YoloV5("a", Optional.empty(), SELECTION), tensor("a", v5, 1, candidates, 8)))
                .isEqualTo(decode(
                        new DecoderConfig.YoloV8("a", Optional.empty(), SELECTION), tensor("a", v8, 1, 7, candidates)));
    }

    @Test
    void shouldLeaveTheBackgroundOutOfBoxesAndScores() {
        DecoderConfig decoder = new DecoderConfig.BoxesAndScores(
                "boxes", "scores", BoxForm.CORNERS, BoxUnit.SHARES, ScoreActivation.NONE, OptionalInt.of(0), SELECTION);
        Decoded decoded = decode(
                decoder,
                Tensor.of("boxes", new long[] {1, 2, 4}, new float[] {0.25f, 0.5f, 0.75f, 1.5f, 0, 0, 1, 1}),
                Tensor.of("scores", new long[] {1, 2, 2}, new float[] {0.1f, 0.9f, 0.95f, 0.05f}));
        assertOne(decoded, 0, 0.9, new Box(16, 32, 48, 64));
    }

    @Test
    void shouldDecodeFastestDet() {
        DecoderConfig decoder = new DecoderConfig.FastestDet("out", SELECTION);
        float[] values = new float[7 * 4];
        // cell (1, 1) of a 2 × 2 grid: centre at the cell's corner, half the input wide and high
        values[3] = 0.9f;
        values[6 * 4 + 3] = 0.8f;
        assertOne(
                decode(decoder, tensor("out", values, 1, 7, 2, 2)),
                1,
                Math.pow(0.9, 0.6) * Math.pow(0.8, 0.4),
                new Box(16, 16, 48, 48));
    }

    @Test
    void shouldAnswerOncePerQueryWithSoftmaxAndOftenWithSigmoid() {
        float[] logits = {3, 3, 0, 0, 0, 9};
        float[] boxes = {0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 1, 1};
        Tensor box = Tensor.of("boxes", new long[] {1, 2, 4}, boxes);
        Tensor logit = Tensor.of("logits", new long[] {1, 2, 3}, logits);
        Decoded softmax =
                decode(new DecoderConfig.Detr("logits", "boxes", ScoreActivation.SOFTMAX, 0.3, 10), logit, box);
        double share = Math.exp(3) / (2 * Math.exp(3) + 1);
        assertOne(softmax, 0, share, new Box(16, 16, 48, 48));
        Decoded sigmoid =
                decode(new DecoderConfig.Detr("logits", "boxes", ScoreActivation.SIGMOID, 0.6, 2), logit, box);
        assertThat(((Decoded.Detections) sigmoid).detections())
                .extracting(Detection::label)
                .containsExactly(2, 0);
    }

    @Test
    void shouldDrawMasksInTheImagesOwnPixels() {
        DecoderConfig decoder = new DecoderConfig.YoloV8("out", Optional.of("prototypes"), SELECTION);
        // the box is the whole image; its one coefficient is -1
        float[] values = {32, 32, 64, 32, 0.75f, -1};
        float[] prototype = new float[16 * 16];
        for (int i = 0; i < prototype.length; i++) {
            prototype[i] = i % 16 < 8 ? -5 : 5;
        }
        Decoded decoded = OutputDecoder.decode(
                decoder,
                Map.of(
                        "out",
                        Tensor.of("out", new long[] {1, 6, 1}, values),
                        "prototypes",
                        Tensor.of("prototypes", new long[] {1, 1, 16, 16}, prototype)),
                LETTERBOX);
        Mask mask =
                ((Decoded.Detections) decoded).detections().getFirst().mask().orElseThrow();
        assertThat(mask.size()).isEqualTo(new ImageSize(128, 64));
        assertThat(mask.extent()).isEqualTo(new Box(0, 0, 64, 64));
        assertThat(mask.area()).isEqualTo(64 * 64);
    }

    /** NumPy and OpenCV: prototypes summed, cut to the image, resized bilinearly, above 0, cut to the box. */
    private static final String MASK_MADE_ELSEWHERE =
            "Ta3Q1g2O1N2O1O1O1O1N2O1O1O1O1O1N2O1O1O1O1N2O1O1O1O1O1N2OhNNlN1S11mNNS13X11N2O1O1"
                    + "N2O1O1N2O1O1N2O1O1N2O1O1O1N2O1N2O1O1O1N2O1N2O1O1N0100O010O1O010O1O010O010O1O010O"
                    + "010O1O010O010O1O010O010O2N2O1N2O1NiNVODh0=YOCf0<\\ODb0=_OC`0=AC==EC:=GC7=KC3>NB1>"
                    + "0BN?3AL>6BH?9AF><BB??A@?a0A]O`0d0X12O1O1N2O1N2O1O1O1N2O1N2O1O1O1N2O1O1N2O1O1N2O1"
                    + "O1N2O1O1N2O1OO010O10O010b_3";

    @Test
    void shouldDrawTheMaskThatAnotherProgramDraws() {
        float[] prototypes = new float[4 * 40 * 40];
        for (int i = 0; i < prototypes.length; i++) {
            int m = i / 1600;
            int y = i / 40 % 40;
            int x = i % 40;
            prototypes[i] = (float) Math.sin(0.13 * (m + 1) * x + 0.07 * (m + 2) * y + m);
        }
        float[] values = {80, 80, 112, 64, 0.9f, 0.7f, -0.4f, 0.9f, 0.3f};
        ImageSize image = new ImageSize(200, 120);
        Decoded decoded = OutputDecoder.decode(
                new DecoderConfig.YoloV8("out", Optional.of("prototypes"), SELECTION),
                Map.of(
                        "out",
                        Tensor.of("out", new long[] {1, 9, 1}, values),
                        "prototypes",
                        Tensor.of("prototypes", new long[] {1, 4, 40, 40}, prototypes)),
                new ImageTransform(image, Size.square(160), 0.8, 0.8, 0, 32));
        Mask mask =
                ((Decoded.Detections) decoded).detections().getFirst().mask().orElseThrow();
        assertThat(mask.overlap(Mask.ofCompressed(image, MASK_MADE_ELSEWHERE))).isGreaterThan(0.998);
    }

    @Test
    void shouldGiveEachPixelTheClassOfItsCell() {
        DecoderConfig decoder = new DecoderConfig.SemanticMap("map");
        float[] values = new float[3 * 2 * 2];
        // upper left cell class 2, others class 0
        values[2 * 4] = 9;
        Decoded decoded = OutputDecoder.decode(decoder, tensor("map", values, 1, 3, 2, 2), LETTERBOX);
        List<ClassRegion> regions = ((Decoded.ClassRegions) decoded).regions();
        assertThat(regions).extracting(ClassRegion::label).containsExactly(0, 2);
        assertThat(regions.get(1).mask().extent()).isEqualTo(new Box(0, 0, 64, 32));
        assertThat(regions.get(0).mask().area() + regions.get(1).mask().area()).isEqualTo(128 * 64);
    }

    @Test
    void shouldFindALineOfTextAndLetItGrow() {
        DecoderConfig decoder = new DecoderConfig.TextMap("map", 0.3, 0.6, 1.5, 10);
        float[] values = new float[64 * 64];
        for (int y = 24; y < 33; y++) {
            for (int x = 10; x < 51; x++) {
                values[y * 64 + x] = 0.8f;
            }
        }
        values[5 * 64 + 5] = 1;
        Decoded decoded =
                OutputDecoder.decode(decoder, tensor("map", values, 1, 1, 64, 64), ImageTransform.identity(INPUT));
        List<TextRegion> regions = ((Decoded.TextRegions) decoded).regions();
        assertThat(regions).hasSize(1);
        assertThat(regions.getFirst().confidence()).isCloseTo(0.8, within(1e-6));
        // between centres the core is 40 × 8, and grows by 320 · 1.5 / 96 = 5
        Box extent = regions.getFirst().outline().extent();
        assertThat((double) extent.x1()).isCloseTo(5.5, within(1e-3));
        assertThat((double) extent.y1()).isCloseTo(19.5, within(1e-3));
        assertThat((double) extent.x2()).isCloseTo(55.5, within(1e-3));
        assertThat((double) extent.y2()).isCloseTo(37.5, within(1e-3));
    }

    @Test
    void shouldNameWhatDoesNotFit() {
        DecoderConfig yolox = new DecoderConfig.Yolox("out", List.of(32), SELECTION);
        assertRefused(ErrorCode.DECODER_INVALID, yolox, tensor("other", new float[28], 1, 4, 7), "\"out\"");
        assertRefused(ErrorCode.DECODER_INVALID, yolox, tensor("out", new float[28], 2, 2, 7), "[2, 2, 7]");
        assertRefused(ErrorCode.DECODER_INVALID, yolox, tensor("out", new float[35], 1, 5, 7), "[4, 5 + classes]");
        float[] values = new float[28];
        values[9] = Float.NaN;
        assertRefused(ErrorCode.INFERENCE_FAILED, yolox, tensor("out", values, 1, 4, 7), "not a number");
    }

    @Test
    void shouldDropBoxesThatAreNone() {
        DecoderConfig decoder = new DecoderConfig.YoloV8("out", Optional.empty(), SELECTION);
        float[] values = {32, 32, Float.POSITIVE_INFINITY, 16, 0.75f};
        assertThat(((Decoded.Detections) decode(decoder, tensor("out", values, 5, 1))).detections())
                .isEmpty();
    }

    private static void assertRefused(ErrorCode code, DecoderConfig decoder, Map<String, Tensor> outputs, String said) {
        assertThatThrownBy(() -> decode(decoder, outputs))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(said);
    }

    private static void assertOne(Decoded decoded, int label, double confidence, Box box) {
        List<Detection> detections = ((Decoded.Detections) decoded).detections();
        assertThat(detections).hasSize(1);
        assertThat(detections.getFirst().label()).isEqualTo(label);
        assertThat(detections.getFirst().confidence()).isCloseTo(confidence, within(1e-6));
        assertThat(detections.getFirst().box().overlap(box)).isCloseTo(1, within(1e-5));
    }

    private static Decoded decode(DecoderConfig decoder, Tensor one, Tensor other) {
        return decode(decoder, Map.of(one.name(), one, other.name(), other));
    }

    private static Decoded decode(DecoderConfig decoder, Map<String, Tensor> outputs) {
        return OutputDecoder.decode(decoder, outputs, ImageTransform.identity(INPUT));
    }

    private static Map<String, Tensor> tensor(String name, float[] values, long... shape) {
        return Map.of(name, Tensor.of(name, shape, values));
    }
}
