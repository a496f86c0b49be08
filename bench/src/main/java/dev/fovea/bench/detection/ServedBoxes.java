package dev.fovea.bench.detection;

import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.formats.DetectionFolder;
import dev.fovea.imaging.Box;
import dev.fovea.pipeline.evaluation.DetectorRun;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.server.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The boxes of the test images and what a version detects in them, as pycocotools reads them. */
record ServedBoxes(Application application, Path folder, ModelVersion version) {

    private static final double MIN_SCORE = 0.001;

    /** Writes {@code truths.json} and {@code detections.json}. */
    void write(Path directory) throws IOException {
        List<String> labels = version.labels();
        Map<Path, LabelledBoxes> labelled = DetectionFolder.read(folder, labels).images().stream()
                .collect(Collectors.toMap(LabelledBoxes::image, image -> image));
        List<Item> tested = application
                .home()
                .datasets()
                .find(version.lineage().dataset())
                .orElseThrow()
                .on(Split.TEST);
        List<String> images = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        List<String> detections = new ArrayList<>();
        try (DetectorRun run = DetectorRun.open(
                application.tools(), application.home().bundles().bundle(version.bundleId()), MIN_SCORE)) {
            for (int i = 0; i < tested.size(); i++) {
                LabelledBoxes image = Objects.requireNonNull(
                        labelled.get(folder.resolve(tested.get(i).path())));
                images.add("{\"id\": %d, \"width\": %d, \"height\": %d}"
                        .formatted(i + 1, image.size().width(), image.size().height()));
                for (var box : image.boxes()) {
                    truths.add(String.format(
                            Locale.ROOT,
                            "{\"id\": %d, \"image_id\": %d, \"category_id\": %d, \"bbox\": %s, \"area\": %s, \"iscrowd\": 0}",
                            truths.size() + 1,
                            i + 1,
                            box.label() + 1,
                            extent(box.box()),
                            box.box().area()));
                }
                for (Detection detection : run.detections(Files.readAllBytes(image.image()))) {
                    detections.add(String.format(
                            Locale.ROOT,
                            "{\"image_id\": %d, \"category_id\": %d, \"bbox\": %s, \"score\": %s}",
                            i + 1,
                            detection.label() + 1,
                            extent(detection.box()),
                            detection.confidence()));
                }
            }
        }
        List<String> categories = new ArrayList<>();
        for (String label : labels) {
            categories.add("{\"id\": %d, \"name\": \"%s\"}".formatted(categories.size() + 1, label));
        }
        Files.writeString(
                directory.resolve("truths.json"),
                "{\"images\": %s, \"annotations\": %s, \"categories\": %s}".formatted(images, truths, categories));
        Files.writeString(directory.resolve("detections.json"), detections.toString());
    }

    private static String extent(Box box) {
        return "[%s, %s, %s, %s]".formatted(box.x1(), box.y1(), box.width(), box.height());
    }
}
