package dev.fovea.datasets.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.exchange.model.EncodedSource;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.shapes.Rings;
import dev.fovea.imaging.ImageSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Class names that the syntax of a format, a file system or its folder structure gives a meaning of its own. */
class OddClassNamesTest {

    private static final ImageSize SIZE = new ImageSize(64, 48);

    private static final List<String> NAMES = List.of(
            "..",
            ".",
            ".hidden",
            "a/b",
            "a\\b",
            "a%2Fb",
            "%2E",
            "%25",
            "Knot",
            "knot",
            "KNOT",
            "x".repeat(200),
            "0",
            "-1",
            "01",
            "1.5",
            "true",
            "null",
            "~",
            "- dash",
            "# hash",
            "it's",
            "\"quoted\"",
            "'single'",
            "key: value",
            "[list]",
            "{map}",
            "&anchor",
            "*star",
            "a,b",
            "a;b",
            "a|b",
            "a=b",
            "a:b",
            "<b>&amp;</b>",
            "]]>",
            "two  spaces",
            "🪲",
            "👩‍🔧 e\u0301",
            "חיפושית",
            "شاحنة",
            "background",
            "__background__",
            "train",
            "val",
            "test",
            "unassigned",
            "train station",
            "test-bench",
            "images",
            "labels",
            "masks",
            "annotations",
            "label",
            "image");

    @TempDir
    Path folder;

    static Stream<Arguments> formats() {
        return Arrays.stream(ExchangeFormat.values())
                .flatMap(format -> Arrays.stream(ImageTask.values())
                        .filter(format::holds)
                        .flatMap(task -> Stream.of(true, false).map(divided -> Arguments.of(format, task, divided))));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void shouldComeBackFromEveryFormat(ExchangeFormat format, ImageTask task, boolean divided) {
        byte[] png = DrawnImages.png(SIZE.width(), SIZE.height());
        List<String> names = NAMES.stream()
                .map(name -> java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFC))
                .toList();
        List<ExchangedImage> images = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            EncodedSource.Stored bytes = () -> png;
            images.add(new ExchangedImage(
                    bytes,
                    "shot%d.png".formatted(i),
                    SIZE,
                    divided ? Split.values()[i % 3] : Split.UNASSIGNED,
                    Optional.of(value(task, names.get(i), names.get((i + 1) % names.size())))));
        }

        RoundTrip trip = RoundTrip.of(format, ExchangeHeader.of(task, names), images, folder.resolve("export"));

        assertThat(trip.differences()).isEmpty();
        assertThat(trip.findings()).isEmpty();
    }

    private static AnnotationValue value(ImageTask task, String name, String other) {
        return switch (task) {
            case CLASSIFICATION -> ClassLabels.of(name);
            case MULTI_LABEL -> new ClassLabels(List.of(name, other), Map.of());
            case DETECTION -> new ObjectLabels(List.of(new AnnotatedObject(name, new BoxShape(4, 5, 30, 20))));
            case INSTANCE_SEGMENTATION -> new ObjectLabels(List.of(new AnnotatedObject(name, polygon())));
            case SEMANTIC_SEGMENTATION ->
                new ObjectLabels(List.of(new AnnotatedObject(name, MaskShape.of(Rings.mask(polygon(), SIZE)))));
        };
    }

    private static PolygonShape polygon() {
        return new PolygonShape(List.of(new Ring(List.of(4.0, 5.0, 34.0, 6.0, 30.0, 25.0))));
    }
}
