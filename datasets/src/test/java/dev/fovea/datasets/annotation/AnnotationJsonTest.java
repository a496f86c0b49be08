package dev.fovea.datasets.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnnotationJsonTest {

    static Stream<AnnotationValue> values() {
        return Stream.of(
                ClassLabels.of(),
                ClassLabels.of("hole, small", "עברית", "🐈"),
                new ClassLabels(List.of("cat"), Map.of("cat", 0.75, "dog", 0.25)),
                new ObjectLabels(List.of()),
                new ObjectLabels(List.of(
                        new AnnotatedObject("car", new BoxShape(1.1, 0, 30.3333333333, 4)),
                        new AnnotatedObject("car", new RotatedBoxShape(10, 10, 4, 2, -30)),
                        new AnnotatedObject(
                                "person",
                                new PolygonShape(List.of(
                                        new Ring(List.of(0.0, 0.0, 9.0, 0.0, 9.0, 9.0)),
                                        new Ring(List.of(1.0, 1.0, 3.0, 1.0, 3.0, 3.0)))),
                                Map.of("pose", "left"),
                                Set.of(ObjectFlag.CROWD, ObjectFlag.TRUNCATED),
                                List.of(new Keypoint("nose", 2, 2, Keypoint.Visibility.VISIBLE))),
                        new AnnotatedObject("sky", MaskShape.of(Mask.of(new ImageSize(3, 2), List.of(1, 4, 1)))))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldReadWhatItWrites(AnnotationValue value) {
        assertThat(AnnotationJson.read(AnnotationJson.write(value))).isEqualTo(value);
    }

    @Test
    void shouldWriteEqualValuesAsEqualText() {
        assertThat(AnnotationJson.write(ClassLabels.of("b", "a")))
                .isEqualTo(AnnotationJson.write(ClassLabels.of("a", "b", "a")))
                .isEqualTo("{\"classes\":[\"a\",\"b\"]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {}                                                        | either "classes" or "objects"
            {"classes":["a"],"objects":[]}                            | either "classes" or "objects"
            {"classes":["a"],"weights":{"a":1.5}}                     | the weight of "a" is 1.5
            {"objects":[{"class":"a"}]}                               | needs one of box, rotated_box, polygon and mask
            {"objects":[{"class":"a","box":[1,2,3]}]}                 | a box of 3 numbers instead of 4
            {"objects":[{"class":"a","box":[1,2,-3,4]}]}              | a box of -3.0×4.0 pixels
            {"objects":[{"class":"a","polygon":[[1,2,3,4]]}]}         | needs 3 or more points
            {"objects":[{"class":"a","box":[1,2,3,"NaN"]}]}           | annotation.objects[0].box[3]
            {"objects":[{"class":"a","mask":{"width":2,"height":2,"counts":"1"}}]} | run lengths of 1 pixels for an image of 2×2
            {"objects":[{"class":"a","bax":[1,2,3,4]}]}               | bax
            """)
    void shouldNameWhatIsWrong(String json, String message) {
        assertThatExceptionOfType(FoveaException.class)
                .isThrownBy(() -> AnnotationJson.read(json))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ANNOTATION_INVALID));
    }
}
