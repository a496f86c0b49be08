package dev.fovea.pipeline.search.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.training.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeldBackImagesTest {

    @Test
    void aPartIsHeldBackAndNearDuplicatesStayTogether() {
        List<LabelledFile> images = images(40, 40);

        HeldBackImages held = HeldBackImages.of(images, 2, 4, 1).orElseThrow();

        assertThat(held.judged()).hasSizeBetween(16, 24);
        assertThat(held.validation()).isNotEmpty();
        assertThat(Stream.of(held.training(), held.validation(), held.judged()).flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(images);
        assertThat(groups(held.judged()))
                .doesNotContainAnyElementsOf(groups(held.training()))
                .doesNotContainAnyElementsOf(groups(held.validation()));
    }

    @Test
    void nothingIsHeldBackWhereAClassWouldBeMissing() {
        assertThat(HeldBackImages.of(images(40, 2), 2, 4, 1)).isEmpty();
    }

    /** Each two of a class are near duplicates. */
    private static List<LabelledFile> images(int first, int second) {
        List<LabelledFile> images = new ArrayList<>();
        for (int i = 0; i < first + second; i++) {
            int label = i < first ? 0 : 1;
            images.add(new LabelledFile(new Sample(Path.of(i + ".png"), label), "%064x".formatted(i), i / 2));
        }
        return images;
    }

    private static Set<Integer> groups(List<LabelledFile> images) {
        return images.stream().map(LabelledFile::group).collect(Collectors.toSet());
    }
}
