package dev.fovea.datasets.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.exchange.model.EncodedSource;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangeReading;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.imaging.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Public data sets through every format that can hold them; skipped where they are not there. */
class SharedRoundTripTest {

    private static final Path DATA = Path.of(System.getProperty("fovea.shared.data", "../shared/data"));

    @TempDir
    Path folder;

    static Stream<Arguments> cases() {
        return Stream.of("coco64-boxes", "coco64-outlines", "bccd", "neu-det", "deeppcb")
                .flatMap(name ->
                        ExchangeFormat.holding(ImageTask.DETECTION).stream().map(format -> Arguments.of(name, format)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldReadBackPublicDataWithoutADifference(String name, ExchangeFormat format) throws IOException {
        Path coco = DATA.resolve("coco64-yolo");
        switch (name) {
            case "coco64-boxes" -> check(coco, ReadOptions.DEFAULT, format, 64);
            case "coco64-outlines" -> {
                requireThere(coco);
                Path outlines = folder.resolve("outlines");
                copy(coco.resolve("images"), outlines.resolve("images"));
                copy(coco.resolve("instance_segmentation"), outlines.resolve("labels"));
                Files.copy(coco.resolve("config.yaml"), outlines.resolve("data.yaml"));
                check(outlines, ReadOptions.DEFAULT, format, 64);
            }
            case "bccd" -> check(DATA.resolve("bccd"), ReadOptions.DEFAULT, format, 364);
            case "neu-det" -> check(DATA.resolve("neu-det"), ReadOptions.DEFAULT.withRescale(), format, 900);
            default -> {
                requireThere(DATA.resolve("deeppcb-120"));
                List<ExchangedImage> images = boards(DATA.resolve("deeppcb-120"));
                check(
                        ExchangeHeader.of(
                                ImageTask.DETECTION,
                                List.of("open", "short", "mousebite", "spur", "copper", "pin-hole")),
                        images,
                        format,
                        120);
            }
        }
    }

    private static void requireThere(Path data) {
        assumeTrue(Files.isDirectory(data), () -> data + " is not there");
    }

    private void check(Path data, ReadOptions options, ExchangeFormat format, int expected) {
        requireThere(data);
        ExchangeReading reading = AnnotationFormats.read(data, options);
        try (Stream<ExchangedImage> stream = reading.images()) {
            check(reading.header(), stream.toList(), format, expected);
        }
    }

    private void check(ExchangeHeader header, List<ExchangedImage> images, ExchangeFormat format, int expected) {
        assertThat(images).hasSize(expected);

        RoundTrip trip = RoundTrip.of(format, header, images, folder.resolve("export"));

        assertThat(trip.differences()).isEmpty();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** DeepPCB's own format: {@code x1 y1 x2 y2 type} for each test image. */
    private static List<ExchangedImage> boards(Path data) throws IOException {
        List<String> names = List.of("open", "short", "mousebite", "spur", "copper", "pin-hole");
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(file -> {
                        String stem = file.getFileName().toString().replace(".txt", "");
                        return new ExchangedImage(
                                new EncodedSource.InFile(data.resolve(stem + "_test.jpg")),
                                stem + "_test.jpg",
                                new ImageSize(640, 640),
                                Split.UNASSIGNED,
                                Optional.of(new ObjectLabels(lines(file).stream()
                                        .map(line -> line.strip().split("[ ,]+"))
                                        .map(f -> new AnnotatedObject(
                                                names.get(Integer.parseInt(f[4]) - 1),
                                                new BoxShape(
                                                        Integer.parseInt(f[0]),
                                                        Integer.parseInt(f[1]),
                                                        Integer.parseInt(f[2]) - Integer.parseInt(f[0]),
                                                        Integer.parseInt(f[3]) - Integer.parseInt(f[1]))))
                                        .toList())));
                    })
                    .toList();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
