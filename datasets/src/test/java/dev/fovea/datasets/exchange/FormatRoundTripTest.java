package dev.fovea.datasets.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.exchange.DrawnDatasets.Content;
import dev.fovea.datasets.exchange.DrawnDatasets.DrawnDataset;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FormatRoundTripTest {

    @TempDir
    Path folder;

    static Stream<Arguments> objectFormats() {
        return Arrays.stream(ExchangeFormat.values())
                .flatMap(format -> Arrays.stream(Content.values())
                        .filter(content -> holds(format, content))
                        .map(content -> Arguments.of(format, content)));
    }

    private static boolean holds(ExchangeFormat format, Content content) {
        return switch (content) {
            case SEMANTIC -> format.holds(ImageTask.SEMANTIC_SEGMENTATION);
            case BOXES, ROTATED_BOXES -> format.holds(ImageTask.DETECTION);
            case POLYGONS, PARTS_AND_HOLES, MASKS, EVERYTHING -> format.holds(ImageTask.INSTANCE_SEGMENTATION);
        };
    }

    static Stream<Arguments> wholeFormats() {
        return Stream.of(ImageTask.CLASSIFICATION, ImageTask.MULTI_LABEL)
                .flatMap(task -> ExchangeFormat.holding(task).stream().map(format -> Arguments.of(format, task)));
    }

    @ParameterizedTest
    @MethodSource("objectFormats")
    void shouldReadBackWhatItWroteButForWhatItListedAsLost(ExchangeFormat format, Content content) {
        DrawnDataset dataset = DrawnDatasets.objects(folder.resolve("drawn"), content);

        RoundTrip trip = RoundTrip.of(format, dataset.header(), dataset.images(), folder.resolve("export"));

        assertThat(trip.differences()).isEmpty();
        assertThat(trip.findings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wholeFormats")
    void shouldReadBackClassesOfWholeImages(ExchangeFormat format, ImageTask task) {
        DrawnDataset dataset = DrawnDatasets.whole(folder.resolve("drawn"), task);

        RoundTrip trip = RoundTrip.of(format, dataset.header(), dataset.images(), folder.resolve("export"));

        assertThat(trip.differences()).isEmpty();
        assertThat(trip.findings()).isEmpty();
    }
}
