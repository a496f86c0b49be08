package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.shapes.Extents;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * {@code train-annotations-bbox.csv} or {@code train-annotations-human-imagelabels.csv}, {@code image-ids.csv},
 * {@code class-descriptions.csv} and a folder of images per split. Classes have no identifiers of Freebase; theirs are
 * {@code /fovea/0} and so on.
 */
public final class OpenImagesWriter implements FormatWriter {

    private static final List<String> BOXES = List.of(
            "ImageID",
            "Source",
            "LabelName",
            "Confidence",
            "XMin",
            "XMax",
            "YMin",
            "YMax",
            "IsOccluded",
            "IsTruncated",
            "IsGroupOf",
            "IsDepiction",
            "IsInside");
    private static final List<String> LABELS = List.of("ImageID", "Source", "LabelName", "Confidence");

    private final List<String> names;
    private final boolean isOfWholeImages;
    private final ExportFolder folder;
    private final BufferedWriter ids;
    private final Map<Split, BufferedWriter> files = new EnumMap<>(Split.class);

    /** Into a folder. */
    public OpenImagesWriter(ExchangeHeader header, ExportFolder folder) throws IOException {
        this.names = header.names();
        this.isOfWholeImages = header.task().isOfWholeImages();
        this.folder = folder;
        this.ids = folder.text("image-ids.csv");
        ids.write("ImageID,Subset\n");
    }

    private static String subset(Split split) {
        return split == Split.UNASSIGNED ? "" : split.label();
    }

    private BufferedWriter file(Split split) throws IOException {
        BufferedWriter open = files.get(split);
        if (open != null) {
            return open;
        }
        String prefix = split == Split.UNASSIGNED ? "" : subset(split) + "-";
        BufferedWriter out =
                folder.text(prefix + (isOfWholeImages ? "annotations-human-imagelabels.csv" : "annotations-bbox.csv"));
        files.put(split, out);
        out.write(CsvRows.text(isOfWholeImages ? LABELS : BOXES));
        return out;
    }

    @Override
    public void add(ExchangedImage image) throws IOException {
        String subset = subset(image.split());
        folder.image(image, (subset.isEmpty() ? "images" : subset) + "/" + image.name());
        String id = image.name().replaceFirst("\\.[^./]*$", "");
        ids.write(CsvRows.text(List.of(id, subset)));
        BufferedWriter out = file(image.split());
        if (image.value().isPresent()) {
            switch (image.value().get()) {
                case ClassLabels labels -> {
                    for (String name : labels.classes()) {
                        out.write(CsvRows.text(List.of(id, "verification", label(name), "1")));
                    }
                }
                case ObjectLabels labels -> {
                    for (AnnotatedObject object : labels.objects()) {
                        out.write(CsvRows.text(row(id, object, image)));
                    }
                }
            }
        }
    }

    private String label(String name) {
        return "/fovea/" + names.indexOf(name);
    }

    private List<String> row(String id, AnnotatedObject object, ExchangedImage image) {
        BoxShape box = Extents.of(object.shape());
        double width = image.size().width();
        double height = image.size().height();
        return List.of(
                id,
                "xclick",
                label(object.name()),
                "1",
                Double.toString(box.x() / width),
                Double.toString((box.x() + box.width()) / width),
                Double.toString(box.y() / height),
                Double.toString((box.y() + box.height()) / height),
                flag(object, ObjectFlag.OCCLUDED),
                flag(object, ObjectFlag.TRUNCATED),
                flag(object, ObjectFlag.CROWD),
                "0",
                "0");
    }

    private static String flag(AnnotatedObject object, ObjectFlag flag) {
        return object.flags().contains(flag) ? "1" : "0";
    }

    @Override
    public void finish() throws IOException {
        if (files.isEmpty()) {
            file(Split.UNASSIGNED);
        }
        close();
        try (BufferedWriter out = folder.text("class-descriptions.csv")) {
            for (String name : names) {
                out.write(CsvRows.text(List.of(label(name), name)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        ids.close();
        for (BufferedWriter file : files.values()) {
            file.close();
        }
    }
}
