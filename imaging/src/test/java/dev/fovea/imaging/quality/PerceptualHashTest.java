package dev.fovea.imaging.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.SharedData;
import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {

    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);
    private final ImageWriter writer = new ImageWriter();

    @Property(tries = 40)
    void shouldHardlyChangeWhenSavedAgain(
            @ForAll @LongRange(min = 0, max = 500) long seed, @ForAll @IntRange(min = 40, max = 100) int quality) {
        byte[] original = Fabric.jpeg(FabricClass.TEAR, seed, Fabric.Conditions.USUAL);
        try (Image image = decoder.decode(original);
                Image again = decoder.decode(writer.jpeg(image, quality))) {
            assertThat(PerceptualHash.of(again).distance(PerceptualHash.of(image)))
                    .isLessThanOrEqualTo(6);
        }
    }

    @Property(tries = 40)
    void shouldHardlyChangeWhenShrunkToHalf(@ForAll @LongRange(min = 0, max = 500) long seed) {
        try (Image image = decoder.decode(Fabric.jpeg(FabricClass.HOLE, seed, Fabric.Conditions.USUAL));
                Image half = half(image)) {
            assertThat(PerceptualHash.of(half).distance(PerceptualHash.of(image)))
                    .isLessThanOrEqualTo(6);
        }
    }

    @Property(tries = 40)
    void shouldSeparateDifferentImages(
            @ForAll @LongRange(min = 0, max = 500) long seed, @ForAll @LongRange(min = 501, max = 999) long other) {
        try (Image one = decoder.decode(Fabric.jpeg(FabricClass.NONE, seed, Fabric.Conditions.USUAL));
                Image two = decoder.decode(Fabric.jpeg(FabricClass.NONE, other, Fabric.Conditions.USUAL))) {
            assertThat(PerceptualHash.of(one).distance(PerceptualHash.of(two))).isGreaterThan(6);
        }
    }

    @Property
    void shouldMeasureDistanceAsAMetricAndSurviveText(@ForAll long a, @ForAll long b, @ForAll long c) {
        PerceptualHash first = new PerceptualHash(a);
        PerceptualHash second = new PerceptualHash(b);
        PerceptualHash third = new PerceptualHash(c);

        assertThat(first.distance(first)).isZero();
        assertThat(first.distance(second)).isEqualTo(second.distance(first));
        assertThat(first.distance(third)).isLessThanOrEqualTo(first.distance(second) + second.distance(third));
        assertThat(PerceptualHash.parse(first.toString())).isEqualTo(first);
    }

    @Test
    void shouldBeTheSameInGreyAsInColour() {
        try (Image colour = decoder.decode(Fabric.jpeg(FabricClass.HOLE, 3, Fabric.Conditions.USUAL));
                Image gray = gray(colour)) {
            assertThat(PerceptualHash.of(gray).distance(PerceptualHash.of(colour)))
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void shouldKeepPhotographsApartAndTheirCopiesTogether() throws IOException {
        List<PerceptualHash> hashes = new ArrayList<>();
        for (Path file : photographs()) {
            try (Image image = decoder.decode(Files.readAllBytes(file));
                    Image again = decoder.decode(writer.jpeg(image, 40))) {
                hashes.add(PerceptualHash.of(image));
                assertThat(PerceptualHash.of(again).distance(hashes.getLast()))
                        .as("%s", file)
                        .isLessThanOrEqualTo(6);
            }
        }
        for (int i = 0; i < hashes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(hashes.get(i).distance(hashes.get(j))).isGreaterThan(6);
            }
        }
    }

    private static List<Path> photographs() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.folder("imagenet-120"))) {
            return files.filter(file -> ImageFormat.looksLikeImage(file.toString()))
                    .sorted()
                    .toList();
        }
    }

    /** Each pixel the mean of four. */
    private static Image half(Image image) {
        byte[] rgb = image.toRgbOrGray();
        int width = image.width() / 2;
        int height = image.height() / 2;
        int row = 3 * image.width();
        byte[] small = new byte[3 * width * height];
        for (int at = 0; at < small.length; at++) {
            int from = 2 * (at / (3 * width)) * row + 6 * (at / 3 % width) + at % 3;
            int sum = (rgb[from] & 255) + (rgb[from + 3] & 255) + (rgb[from + row] & 255) + (rgb[from + row + 3] & 255);
            small[at] = (byte) (sum / 4);
        }
        return Image.of(small, width, height, 3);
    }

    private static Image gray(Image image) {
        byte[] rgb = image.toRgbOrGray();
        byte[] gray = new byte[rgb.length / 3];
        for (int at = 0; at < gray.length; at++) {
            int red = rgb[3 * at] & 255;
            int green = rgb[3 * at + 1] & 255;
            int blue = rgb[3 * at + 2] & 255;
            gray[at] = (byte) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
        }
        return Image.of(gray, image.width(), image.height(), 1);
    }
}
