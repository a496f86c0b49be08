package dev.fovea.imaging.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFiles;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

class ImageDescriptorTest {

    private record Labelled(String label, float[] descriptor) {}

    /** Soft shapes of colour that depend on the seed. */
    private static Image drawn(int width, int height, int seed) {
        byte[] rgb = new byte[width * height * 3];
        for (int at = 0; at < width * height; at++) {
            double x = at % width / (double) width;
            double y = at / width / (double) height;
            for (int c = 0; c < 3; c++) {
                double wave = Math.sin((3 + (seed + c) % 5) * x * 4 + c) * Math.cos((2 + seed % 7) * y * 5 + seed * x);
                rgb[3 * at + c] = (byte) (128 + 100 * wave);
            }
        }
        return Image.of(rgb, width, height, 3);
    }

    private static double dot(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }

    @Test
    void shouldHaveLengthOneForImagesOfEveryKind() {
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        Stream.concat(ImageFiles.all().values().stream(), Stream.of(ImageFiles.translucentPng(1, 2, 3, 4)))
                .forEach(file -> {
                    try (Image image = decoder.decode(file)) {
                        float[] descriptor = ImageDescriptor.of(image);
                        assertThat(descriptor).hasSize(ImageDescriptor.LENGTH);
                        assertThat(dot(descriptor, descriptor)).isCloseTo(1, within(1e-5));
                    }
                });
    }

    @Test
    void shouldDescribeAMirroredImageByTheMirroredDescriptor() {
        try (Image image = drawn(256, 128, 3);
                Mat flipped = new Mat()) {
            opencv_core.flip(image.mat(), flipped, 1);
            try (Image mirrored = new Image(flipped.clone())) {
                float[] descriptor = ImageDescriptor.of(image);
                float[] expected = ImageDescriptor.of(mirrored);

                assertThat(dot(ImageDescriptor.mirrored(descriptor), expected)).isGreaterThan(0.999);
                assertThat(dot(descriptor, expected)).isLessThan(0.95);
                assertThat(ImageDescriptor.mirrored(ImageDescriptor.mirrored(descriptor)))
                        .isEqualTo(descriptor);
            }
        }
    }

    @Test
    void shouldDescribeTheSameImageAtAnotherSizeAlike() {
        try (Image large = drawn(512, 512, 5);
                Image small = drawn(128, 128, 5);
                Image other = drawn(128, 128, 2)) {
            assertThat(dot(ImageDescriptor.of(large), ImageDescriptor.of(small)))
                    .isGreaterThan(0.97);
            assertThat(dot(ImageDescriptor.of(other), ImageDescriptor.of(small)))
                    .isLessThan(0.9);
        }
    }

    @Test
    void shouldClassifySteelSurfacesByTheirNeighbours() throws IOException {
        Path images = SharedData.folder("neu-det").resolve("IMAGES");

        double accuracy = accuracy(images, file -> file.getFileName().toString().replaceAll("_\\d+\\..*", ""));

        assertThat(accuracy).isBetween(0.90, 0.95);
    }

    @Test
    void shouldClassifyFlowersByTheirNeighbours() throws IOException {
        double accuracy = accuracy(
                SharedData.folder("flowers5"),
                file -> file.getParent().getFileName().toString());

        assertThat(accuracy).isBetween(0.56, 0.61);
    }

    /** By 5 nearest neighbours, every fifth image held out. */
    private static double accuracy(Path folder, Function<Path, String> label) throws IOException {
        List<Labelled> train = new ArrayList<>();
        List<Labelled> test = new ArrayList<>();
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                try (Image image = decoder.decode(Files.readAllBytes(file))) {
                    ((train.size() + test.size()) % 5 == 0 ? test : train)
                            .add(new Labelled(label.apply(file), ImageDescriptor.of(image)));
                }
            }
        }
        long right =
                test.stream().filter(it -> it.label().equals(vote(train, it))).count();
        return right / (double) test.size();
    }

    private static String vote(List<Labelled> train, Labelled image) {
        Map<String, Double> votes = new HashMap<>();
        train.stream()
                .map(it -> Map.entry(it.label(), dot(it.descriptor(), image.descriptor())))
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(5)
                .forEach(it -> votes.merge(it.getKey(), 1 + 1e-3 * it.getValue(), Double::sum));
        return votes.entrySet().stream()
                .max(Comparator.comparing(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
    }
}
