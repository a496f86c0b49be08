package dev.fovea.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.training.detection.SeenImages.SeenImage;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SceneScalesTest {

    private static final Size SIZE = Size.square(96);

    @Test
    void shouldHardlyScaleObjectsWhoseClassHasOneSize() {
        SceneScales scales = SceneScales.of(seen(object(0, 20), object(0, 20), object(1, 60), object(1, 60)));
        assertThat(scales.min()).isEqualTo(-0.1);
        assertThat(scales.max()).isEqualTo(0.1);
    }

    @Test
    void shouldScaleByOneAndAHalfDeviationsOfAClass() {
        // logarithms of sizes that differ by 0.15 from their mean in one class and not at all in the other
        SceneScales scales = SceneScales.of(
                seen(object(0, 30 * Math.exp(-0.15)), object(0, 30 * Math.exp(0.15)), object(1, 9), object(1, 9)));
        assertThat(scales.max()).isEqualTo(1.5 * Math.sqrt(0.045 / 2), within(1e-6));
    }

    @Test
    void shouldBoundTheRangeAndTakeAllOfItWhereNothingIsKnown() {
        SceneScales widest = new SceneScales(Math.log(0.5), Math.log(1.3));
        assertThat(SceneScales.of(seen(object(0, 5), object(0, 90)))).isEqualTo(widest);
        assertThat(SceneScales.of(seen(object(0, 5), object(1, 90)))).isEqualTo(widest);
        assertThat(SceneScales.of(seen())).isEqualTo(widest);
    }

    @Test
    void shouldDrawScalesOfTheWholeRange() {
        SplittableRandom random = new SplittableRandom(3);
        SceneScales scales = new SceneScales(Math.log(0.5), Math.log(2));
        double[] drawn = random.doubles(500)
                .map(each -> scales.halved().random(random))
                .sorted()
                .toArray();
        assertThat(drawn[0]).isBetween(Math.sqrt(0.5), 0.72);
        assertThat(drawn[499]).isBetween(1.4, Math.sqrt(2));
    }

    private static LabelledBox object(int label, double edge) {
        return new LabelledBox(label, new Box(0, 0, (float) edge, (float) edge));
    }

    private static SeenImages seen(LabelledBox... objects) {
        return new SeenImages(
                SIZE,
                1,
                List.of(new SeenImage(
                        new byte[96 * 96],
                        ImageTransform.identity(SIZE),
                        new Box(0, 0, 96, 96),
                        new Scene(List.of(objects), List.of()))));
    }
}
