package dev.fovea.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.DecoderConfig.BoxForm;
import dev.fovea.model.decoder.DecoderConfig.BoxUnit;
import dev.fovea.model.decoder.DecoderConfig.ScoreActivation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderConfigJsonTest {

    @Property
    void shouldReadWhatItWrote(@ForAll @IntRange(min = 0, max = 10) int kind, @ForAll long seed) {
        DecoderConfig decoder = decoder(kind, new Random(seed));
        assertThat(DecoderConfigJson.read(DecoderConfigJson.write(decoder))).isEqualTo(decoder);
    }

    private static DecoderConfig decoder(int kind, Random random) {
        Selection selection =
                new Selection(random.nextDouble(), random.nextDouble(), random.nextBoolean(), 1 + random.nextInt(500));
        Optional<String> prototypes = random.nextBoolean() ? Optional.of("output1") : Optional.empty();
        return switch (kind) {
            case 0 -> new DecoderConfig.Yolox("out \"1\"", List.of(8, 1 + random.nextInt(64)), selection);
            case 1 -> new DecoderConfig.YoloV5("output0", prototypes, selection);
            case 2 -> new DecoderConfig.YoloV8("output0", prototypes, selection);
            case 3 ->
                new DecoderConfig.BoxesAndScores(
                        "boxes",
                        "scores",
                        BoxForm.values()[random.nextInt(2)],
                        BoxUnit.values()[random.nextInt(2)],
                        ScoreActivation.values()[random.nextInt(3)],
                        random.nextBoolean() ? OptionalInt.of(random.nextInt(9)) : OptionalInt.empty(),
                        selection);
            case 4 -> new DecoderConfig.FastestDet("758", selection);
            case 5 ->
                new DecoderConfig.Detr(
                        "logits", "pred_boxes", ScoreActivation.values()[1 + random.nextInt(2)], selection.score(), 7);
            case 6 ->
                new DecoderConfig.TextMap(
                        "map", random.nextDouble(), random.nextDouble(), random.nextDouble(), selection.limit());
            case 7 ->
                new DetectionRows(
                        "output0",
                        random.nextBoolean() ? DetectionRows.ULTRALYTICS : DetectionRows.ULTRALYTICS.reversed(),
                        BoxUnit.values()[random.nextInt(2)],
                        random.nextInt(2),
                        prototypes,
                        selection.score(),
                        selection.limit());
            case 8 ->
                new DetectionLists(
                        new DetectionLists.OutputNames(
                                "b", prototypes, "c", random.nextBoolean() ? Optional.of("n") : Optional.empty()),
                        BoxForm.values()[random.nextInt(3)],
                        BoxUnit.values()[random.nextInt(2)],
                        random.nextInt(2),
                        selection.score(),
                        selection.limit());
            case 9 ->
                new NanoDet(
                        random.nextBoolean() ? List.of("output") : List.of("s8", "s16", "d8", "d16"),
                        List.of(8, 16),
                        1 + random.nextInt(16),
                        random.nextBoolean() ? 0 : 0.5,
                        ScoreActivation.values()[random.nextInt(2)],
                        selection);
            default ->
                new DecoderConfig.SemanticMap("logits", DecoderConfig.PixelValues.values()[random.nextInt(5)], 0.5);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"end-to-end", "detections", "efficient-nms", "tensorflow", "nanodet", "yolox-nano"})
    void shouldReadTheExamples(String name) {
        DecoderConfig decoder =
                DecoderConfigJson.read(java.nio.file.Path.of("../docs/examples/" + name + "-decoder.json"));
        assertThat(DecoderConfigJson.read(DecoderConfigJson.write(decoder))).isEqualTo(decoder);
    }

    @Test
    void shouldFillInTheStatedDefaults() {
        assertThat(read("{'kind':'yolox','output':'o'}"))
                .isEqualTo(new DecoderConfig.Yolox("o", List.of(8, 16, 32), Selection.DEFAULT));
        assertThat(read("{'kind':'text-map','output':'o'}"))
                .isEqualTo(new DecoderConfig.TextMap("o", 0.3, 0.6, 1.5, 1000));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'output':'o'}                                                   | decoder.kind is missing
            {'kind':'yolo','output':'o'}                                     | decoder.kind is "yolo"
            {'kind':'yolov8'}                                                | decoder.output is missing
            {'kind':'yolov8','output':'o','stride':8}                        | decoder.stride is not known
            {'kind':'yolox','output':'o','strides':[]}                       | strides is empty
            {'kind':'yolox','output':'o','strides':[0]}                      | strides is 0
            {'kind':'yolov5','output':'o','score':1.5}                       | score is 1.5
            {'kind':'yolov5','output':'o','overlap':-1}                      | overlap is -1.0
            {'kind':'yolov5','output':'o','limit':0}                         | limit is 0
            {'kind':'yolov5','output':'o','across-classes':'yes'}            | across-classes must be true or false
            {'kind':'detr','logits':'l','boxes':'b','activation':'none'}     | activation is none
            {'kind':'detr','logits':'l','boxes':'b','activation':'tanh'}     | decoder.activation must be one of none, sigmoid, softmax but is "tanh"
            {'kind':'boxes-and-scores','boxes':'b','scores':'s'}             | decoder.form is missing
            {'kind':'yolox','output':'o','bad':1}                            | decoder.bad is not known; known here are across-classes, limit, output, overlap, score, strides
            {'kind':'end-to-end','output':'o','columns':['x1','x3']}         | decoder.columns[1] must be one of x1, y1,
            {'kind':'detections','boxes':'b'}                                | decoder.classes is missing
            {'kind':'nanodet','outputs':['o'],'offset':'NaN'}                | decoder.offset must be a number but is "NaN"
            3                                                                | decoder must be an object
            []                                                               | decoder must be an object
            {'kind':                                                         | not JSON
            """)
    void shouldNameTheFieldThatIsWrong(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DECODER_INVALID))
                .hasMessageContaining(message);
    }

    private static DecoderConfig read(String json) {
        return DecoderConfigJson.read(json.replace('\'', '"'));
    }
}
