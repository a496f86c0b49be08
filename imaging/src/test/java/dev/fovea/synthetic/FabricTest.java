package dev.fovea.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.LogisticRegression;
import dev.fovea.imaging.PixelCounts;
import dev.fovea.imaging.quality.ImageQuality;
import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.synthetic.Fabric.Conditions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FabricTest {

    private static final int LEARNED = 120;
    private static final int HELD_OUT = 60;

    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);

    @Property(tries = 25)
    void shouldDrawTheSameBytesForTheSameSeed(@ForAll FabricClass kind, @ForAll long seed) {
        assertThat(Fabric.jpeg(kind, seed, Conditions.USUAL)).isEqualTo(Fabric.jpeg(kind, seed, Conditions.USUAL));
    }

    @Property(tries = 25)
    void shouldDrawJpegOfModerateSizeForAnySeed(@ForAll FabricClass kind, @ForAll long seed) {
        ImageHeader header = decoder.header(Fabric.jpeg(kind, seed, Conditions.USUAL));

        assertThat(header.format()).isEqualTo(ImageFormat.JPEG);
        assertThat(header.width()).isBetween(256, 352);
        assertThat(header.height()).isBetween(256, 352);
    }

    @Test
    void shouldDrawDifferentImagesForDifferentSeeds() {
        Set<PerceptualHash> hashes = new HashSet<>();
        for (FabricClass kind : FabricClass.values()) {
            for (int seed = 0; seed < 30; seed++) {
                try (Image image = draw(kind, seed, Conditions.USUAL)) {
                    hashes.add(PerceptualHash.of(image));
                }
            }
        }

        assertThat(hashes).hasSize(90);
    }

    @Test
    void shouldShowTheSameClothUnderOtherLight() {
        try (Image usual = draw(FabricClass.HOLE, 4, Conditions.USUAL);
                Image dim = draw(FabricClass.HOLE, 4, new Conditions(0.5, 1.1, 0.8, 0, 0))) {
            double bright = ImageQuality.of(usual).brightness();

            assertThat(ImageQuality.of(dim).brightness()).isBetween(0.42 * bright, 0.58 * bright);
            assertThat(PerceptualHash.of(dim).distance(PerceptualHash.of(usual)))
                    .isLessThanOrEqualTo(6);
        }
    }

    @Test
    void shouldLoseSharpnessToBlurAndGainGrainFromNoise() {
        double usual = sharpness(Conditions.USUAL);

        assertThat(sharpness(new Conditions(1, 1, 1, 3, 0))).isLessThan(0.5 * usual);
        assertThat(sharpness(new Conditions(1, 1, 1, 0, 25))).isGreaterThan(1.2 * usual);
    }

    @Test
    void shouldRefuseConditionsThatCannotBe() {
        assertThatThrownBy(() -> new Conditions(0, 1, 1, 0, 0)).hasMessageContaining("must be positive");
        assertThatThrownBy(() -> new Conditions(1, 1, 1, -1, 0)).hasMessageContaining("not negative");
    }

    /** Mean and deviation of each colour and the fractions of dark and light pixels hardly separate the classes. */
    @Test
    void shouldBeTooHardForCountingPixels() {
        LogisticRegression model = new LogisticRegression(PixelCounts.SIZE, 3);
        List<double[]> features = new ArrayList<>();
        List<Integer> classes = new ArrayList<>();
        collect(0, LEARNED, features, classes);
        model.fit(features, classes);
        List<double[]> heldOut = new ArrayList<>();
        List<Integer> truth = new ArrayList<>();
        collect(5000, HELD_OUT, heldOut, truth);

        long right = IntStream.range(0, truth.size())
                .filter(i -> model.predict(heldOut.get(i)) == truth.get(i))
                .count();

        assertThat((double) right / truth.size()).isLessThan(0.6);
    }

    private void collect(int firstSeed, int count, List<double[]> features, List<Integer> classes) {
        int index = 0;
        for (FabricClass kind : FabricClass.values()) {
            for (int i = 0; i < count; i++) {
                try (Image image = draw(kind, firstSeed + i, Conditions.USUAL)) {
                    features.add(PixelCounts.of(image));
                    classes.add(index);
                }
            }
            index++;
        }
    }

    private double sharpness(Conditions conditions) {
        try (Image image = draw(FabricClass.NONE, 11, conditions)) {
            return ImageQuality.of(image).sharpness();
        }
    }

    private Image draw(FabricClass kind, long seed, Conditions conditions) {
        return decoder.decode(Fabric.jpeg(kind, seed, conditions));
    }
}
