package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.shapes.RotatedCorners;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import dev.fovea.datasets.exchange.writing.SplitFolders;
import dev.fovea.imaging.ImageSize;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** {@code images/train/a.jpg}, {@code labels/train/a.txt} and {@code data.yaml}, as Ultralytics 8 reads them. */
public final class YoloFormatWriter implements FormatWriter {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final ExchangeFormat format;
    private final List<String> names;
    private final ExportFolder folder;
    private final Set<Split> splits = EnumSet.noneOf(Split.class);

    /** Into a folder, in one of the variants. */
    public YoloFormatWriter(ExchangeFormat format, List<String> names, ExportFolder folder) {
        this.format = format;
        this.names = names;
        this.folder = folder;
    }

    @Override
    public void add(ExchangedImage image) throws IOException {
        folder.image(image, SplitFolders.path("images", image.split(), image.name()));
        splits.add(image.split());
        if (image.value().isPresent() && image.value().get() instanceof ObjectLabels(List<AnnotatedObject> objects)) {
            String labels = image.name().replaceFirst("\\.[^./]*$", "") + ".txt";
            try (BufferedWriter out = folder.text(SplitFolders.path("labels", image.split(), labels))) {
                for (AnnotatedObject object : objects) {
                    out.write(Integer.toString(names.indexOf(object.name())));
                    for (double number : shares(object, image.size())) {
                        out.write(" " + number);
                    }
                    out.write('\n');
                }
            }
        }
    }

    private static double[] shares(AnnotatedObject object, ImageSize size) {
        double w = size.width();
        double h = size.height();
        return switch (object.shape()) {
            case BoxShape box ->
                new double[] {
                    (box.x() + box.width() / 2) / w, (box.y() + box.height() / 2) / h, box.width() / w, box.height() / h
                };
            case RotatedBoxShape box -> divided(RotatedCorners.of(box), w, h);
            case PolygonShape polygon -> divided(polygon.rings().getFirst().coordinates(), w, h);
            case MaskShape mask -> throw new IllegalArgumentException("YOLO has no masks");
        };
    }

    private static double[] divided(List<Double> coordinates, double w, double h) {
        return IntStream.range(0, coordinates.size())
                .mapToDouble(i -> coordinates.get(i) / (i % 2 == 0 ? w : h))
                .toArray();
    }

    @Override
    public void finish() throws IOException {
        try (BufferedWriter out = folder.text("data.yaml")) {
            out.write("# Exported by Fovea; folders are relative to this file\n");
            boolean isDivided = splits.contains(Split.TRAIN);
            String train = isDivided ? "images/train" : "images";
            out.write("train: %s\n".formatted(train));
            out.write("val: %s\n".formatted(splits.contains(Split.VALIDATION) ? "images/val" : train));
            if (splits.contains(Split.TEST)) {
                out.write("test: images/test\n");
            }
            out.write("task: %s\n".formatted(task()));
            // JSON strings are YAML strings
            out.write(IntStream.range(0, names.size())
                    .mapToObj(i -> "  %d: %s\n".formatted(i, MAPPER.writeValueAsString(names.get(i))))
                    .collect(Collectors.joining("", "names:\n", "")));
        }
    }

    private String task() {
        return switch (format) {
            case YOLO_OBB -> "obb";
            case YOLO_SEGMENT -> "segment";
            case YOLO, FOLDERS, TABLE, COCO, PASCAL_VOC, CVAT, LABEL_STUDIO, DATUMARO, MASKS_PNG, OPEN_IMAGES ->
                "detect";
        };
    }
}
