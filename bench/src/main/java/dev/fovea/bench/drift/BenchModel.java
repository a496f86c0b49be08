package dev.fovea.bench.drift;

import dev.fovea.bench.BenchReport;
import dev.fovea.cli.Fovea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A real model with real images, in a home that is kept for the next run. */
enum BenchModel {
    /** Trained on every second image of four of {@code flowers5}'s classes; tulips are unknown. */
    FLOWERS,
    /** The same with five defects of {@code neu-det}'s steel surfaces. */
    STEEL,
    /** SqueezeNet with {@code imagenet-120}'s photographs, of which the last fifth by name is unknown. */
    PHOTOGRAPHS,
    /** SqueezeNet with the steel surfaces of {@link #STEEL}, none of which it knows. */
    SURFACES,
    /** SqueezeNet with the images of {@link #FLOWERS}. */
    BLOOMS,
    /** YOLOX-nano, a detector, with photographs of COCO and ImageNet. */
    STREET;

    private static final int GROUPS = 5;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The numbers of its images; empty, and said so, where the files are not there. */
    Optional<ServedImages> images() throws IOException, InterruptedException {
        Path data = Path.of(System.getProperty("fovea.bench.data", ""));
        Path needed = data.resolve(
                switch (this) {
                    case FLOWERS -> "flowers5";
                    case STEEL -> "neu-det/IMAGES";
                    case PHOTOGRAPHS, SURFACES, BLOOMS -> "models/squeezenet11-fp32.onnx";
                    case STREET -> "models/yolox-nano-coco80-416.onnx";
                });
        if (!Files.exists(needed)) {
            BenchReport.say("%s: skipped; FOVEA_BENCH_DATA has no %s".formatted(label(), needed));
            return Optional.empty();
        }
        Path root = Path.of(System.getProperty("user.home"), ".cache/fovea-bench/drift", label());
        Path home = root.resolve("home");
        LabelledImages images = switch (this) {
            case FLOWERS, BLOOMS -> LabelledImages.folders(data.resolve("flowers5"), "tulip");
            case STEEL, SURFACES -> LabelledImages.prefixes(data.resolve("neu-det/IMAGES"), "rolled-in_scale");
            case PHOTOGRAPHS -> LabelledImages.groups(GROUPS, data.resolve("imagenet-120"));
            case STREET ->
                LabelledImages.groups(GROUPS, data.resolve("coco64-yolo/images"), data.resolve("imagenet-120"));
        };
        boolean own = this == FLOWERS || this == STEEL;
        if (!Files.exists(home.resolve("ready"))) {
            Files.createDirectories(root);
            int exit = own
                    ? Fovea.run(training(images.half(0), root.resolve("train"), home))
                    : Fovea.run(importing(needed, data, root, home));
            if (exit != 0) {
                throw new IOException("making the model %s failed".formatted(label()));
            }
            Files.createFile(home.resolve("ready"));
        }
        return Optional.of(ServedImages.of(home, label(), own ? images.half(1) : images, root.resolve("rows.bin")));
    }

    private String[] training(LabelledImages images, Path folder, Path home) throws IOException {
        int number = 0;
        for (LabelledImages.LabelledFile image : images.files()) {
            if (image.label() != images.unknown()) {
                Path target = folder.resolve(images.names().get(image.label()))
                        .resolve(image.file().getFileName() + ".jpg");
                Files.createDirectories(target.getParent());
                Files.write(target, PixelChange.NONE.apply(Files.readAllBytes(image.file()), number++));
            }
        }
        return arguments(
                List.of("train", folder.toString(), "--network", "mobile", "--size", "small", "--minutes", "8"),
                this == STEEL ? List.of("--edge", "96", "--epochs", "30") : List.of("--edge", "64", "--epochs", "8"),
                List.of("--no-int8", "--promote", "always"),
                home);
    }

    private String[] importing(Path network, Path data, Path root, Path home) throws IOException {
        Path examples = Path.of(System.getProperty("fovea.root"), "docs/examples");
        Path labels = examples.resolve("coco80-labels.txt");
        String contract = "yolox-nano-contract.json";
        if (this != STREET) {
            labels = root.resolve("labels.txt");
            contract = "squeezenet-contract.json";
            Files.write(
                    labels,
                    Files.readAllLines(data.resolve("models/imagenet-synsets.txt")).stream()
                            .map(line -> line.split(" ", 2)[0])
                            .toList());
        }
        return arguments(
                List.of(
                        "import",
                        network.toString(),
                        "--contract",
                        examples.resolve(contract).toString()),
                List.of("--labels", labels.toString()),
                List.of("--promote", "always"),
                home);
    }

    private String[] arguments(List<String> first, List<String> second, List<String> third, Path home) {
        List<String> last = List.of("--name", label(), "--home", home.toString());
        return Stream.of(first, second, third, last).flatMap(List::stream).toArray(String[]::new);
    }
}
