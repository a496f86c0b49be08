package dev.fovea.bench.data;

import dev.fovea.bench.BenchReport;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.exchange.AnnotationFormats;
import dev.fovea.datasets.exchange.model.EncodedSource;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangeReading;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * COCO export of 50,000 images with 7 boxes each, and reading it back, in a process of its own with a heap of 320 MB;
 * the peak is that of the whole process ({@code VmHWM}).
 */
final class ExchangeBench {

    private static final int IMAGES = 50_000;
    private static final int BOXES = 7;
    private static final double MAX_SECONDS = 20;
    private static final double MAX_MEGABYTES = 512;
    private static final ImageSize SIZE = new ImageSize(64, 48);
    private static final List<String> CLASSES =
            IntStream.range(0, 80).mapToObj("class %d"::formatted).toList();

    private ExchangeBench() {}

    static void run() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx320m", "-XX:+UseSerialGC"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("fovea.") || name.startsWith("org.bytedeco"))
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ExchangeBench.class.getName()));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("the process of the benchmark ended with " + status);
        }
    }

    /** Takes no arguments; what {@link #run} starts. */
    public static void main(String[] arguments) throws IOException {
        Path root = Files.createTempDirectory("fovea-exchange");
        try {
            measure(root.resolve("coco"));
        } finally {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void measure(Path folder) throws IOException {
        byte[] png;
        try (Image image = Image.of(new byte[SIZE.width() * SIZE.height()], SIZE.width(), SIZE.height(), 1)) {
            png = new ImageWriter().png(image);
        }
        long start = System.nanoTime();
        AnnotationFormats.write(
                ExchangeFormat.COCO, ExchangeHeader.of(ImageTask.DETECTION, CLASSES), images(png), folder);
        long written = System.nanoTime();
        ExchangeReading reading = AnnotationFormats.read(folder, ReadOptions.DEFAULT);
        int[] counts = new int[2];
        try (Stream<ExchangedImage> images = reading.images()) {
            images.forEach(image -> {
                counts[0]++;
                counts[1] += isEqual(image.value(), value(number(image.name()))) ? 1 : 0;
            });
        }
        long read = System.nanoTime();
        double seconds = (read - start) / 1e9;
        BenchReport.say("%,d images of %d boxes: written in %.1f s, read in %.1f s, %,d read back, %,d equal"
                .formatted(IMAGES, BOXES, (written - start) / 1e9, (read - written) / 1e9, counts[0], counts[1]));
        BenchReport.say("processor time of the process with its start: %.1f s"
                .formatted(ProcessHandle.current()
                                .info()
                                .totalCpuDuration()
                                .orElse(Duration.ZERO)
                                .toMillis()
                        / 1e3));
        BenchReport.minimum("equal images", counts[1], IMAGES, "");
        BenchReport.maximum("export and reading", seconds, MAX_SECONDS, " s");
        BenchReport.maximum("peak of the process", peak(), MAX_MEGABYTES, " MB");
    }

    private static Stream<ExchangedImage> images(byte[] png) {
        return IntStream.range(0, IMAGES)
                .mapToObj(i -> new ExchangedImage(
                        (EncodedSource.Stored) () -> png,
                        "%06d.png".formatted(i),
                        SIZE,
                        i % 10 == 0 ? Split.TEST : Split.TRAIN,
                        Optional.of(value(i))));
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(0, 6));
    }

    /** The boxes of an image are drawn by its number. */
    private static AnnotationValue value(int image) {
        Random random = new Random(image);
        return new ObjectLabels(IntStream.range(0, BOXES)
                .mapToObj(i -> new AnnotatedObject(
                        CLASSES.get(random.nextInt(CLASSES.size())),
                        new BoxShape(
                                random.nextDouble() * 30,
                                random.nextDouble() * 20,
                                1 + random.nextDouble() * 30,
                                1 + random.nextDouble() * 25)))
                .toList());
    }

    /** Text keeps every digit, so that boxes are equal and not only near. */
    private static boolean isEqual(Optional<AnnotationValue> one, AnnotationValue other) {
        return one.filter(other::equals).isPresent();
    }

    private static double peak() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
                .findFirst()
                .orElse(Double.NaN);
    }
}
