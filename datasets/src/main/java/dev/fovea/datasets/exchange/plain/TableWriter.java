package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.shapes.Extents;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import dev.fovea.datasets.exchange.writing.SplitFolders;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code labels.csv}, a row for each label or box, and {@code images/}. An image without any has one row;
 * {@code labelled} says whether somebody has looked at it. Tags and weights are JSON objects in a cell.
 */
public final class TableWriter implements FormatWriter {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> REST = List.of("split", "group", "tags", "labelled");

    private final boolean isOfWholeImages;
    private final ExportFolder folder;
    private final BufferedWriter out;

    /** Into a folder. */
    public TableWriter(ImageTask task, ExportFolder folder) throws IOException {
        this.isOfWholeImages = task.isOfWholeImages();
        this.folder = folder;
        this.out = folder.text("labels.csv");
        List<String> head = new ArrayList<>(
                isOfWholeImages
                        ? List.of("image", "label", "weights")
                        : List.of("image", "width", "height", "label", "xmin", "ymin", "xmax", "ymax"));
        head.addAll(REST);
        out.write(CsvRows.text(head));
    }

    @Override
    public void add(ExchangedImage image) throws IOException {
        String path = SplitFolders.path("images", image.split(), image.name());
        folder.image(image, path);
        List<List<String>> rows = new ArrayList<>();
        if (image.value().isPresent()) {
            switch (image.value().get()) {
                case ClassLabels labels -> {
                    String weights = json(labels.weights());
                    labels.classes().forEach(name -> rows.add(List.of(name, rows.isEmpty() ? weights : "")));
                    if (rows.isEmpty()) {
                        rows.add(List.of("", weights));
                    }
                }
                case ObjectLabels labels -> labels.objects().forEach(object -> rows.add(cells(object)));
            }
        }
        if (rows.isEmpty()) {
            rows.add(isOfWholeImages ? List.of("", "") : List.of("", "", "", "", ""));
        }
        for (List<String> cells : rows) {
            List<String> row = new ArrayList<>();
            row.add(path);
            if (!isOfWholeImages) {
                row.add(Integer.toString(image.size().width()));
                row.add(Integer.toString(image.size().height()));
            }
            row.addAll(cells);
            row.add(SplitFolders.name(image.split()));
            row.add(image.group());
            row.add(json(image.tags()));
            row.add(image.value().isPresent() ? "yes" : "no");
            out.write(CsvRows.text(row));
        }
    }

    private static List<String> cells(AnnotatedObject object) {
        BoxShape box = Extents.of(object.shape());
        return List.of(
                object.name(),
                Double.toString(box.x()),
                Double.toString(box.y()),
                Double.toString(box.x() + box.width()),
                Double.toString(box.y() + box.height()));
    }

    private static String json(Map<String, ?> map) {
        return map.isEmpty() ? "" : MAPPER.writeValueAsString(map);
    }

    @Override
    public void finish() throws IOException {
        out.close();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
