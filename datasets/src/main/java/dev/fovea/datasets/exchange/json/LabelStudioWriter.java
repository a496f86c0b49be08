package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.PreFill;
import dev.fovea.datasets.exchange.shapes.RowRuns;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import dev.fovea.datasets.exchange.writing.SplitFolders;
import dev.fovea.imaging.ImageSize;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * {@code tasks.json} to import, {@code label_config.xml} for the labelling interface, and {@code images/} for its local
 * storage. Attributes and flags are in the regions' notes ({@code meta.text}).
 */
public final class LabelStudioWriter implements FormatWriter {

    private final ExchangeHeader header;
    private final ExportFolder folder;
    private final JsonGenerator json;
    private int tasks;

    /** Into a folder. */
    public LabelStudioWriter(ExchangeHeader header, ExportFolder folder) throws IOException {
        this.header = header;
        this.folder = folder;
        this.json = LenientJson.MAPPER.createGenerator(folder.text("tasks.json"));
        json.writeStartArray();
    }

    @Override
    public void add(ExchangedImage image) throws IOException {
        String path = SplitFolders.path("images", image.split(), image.name());
        folder.image(image, path);
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeNumberProperty("id", ++tasks);
        json.writeObjectPropertyStart("data");
        json.writeStringProperty(
                "image",
                "/data/local-files/?d="
                        + URLEncoder.encode(path, StandardCharsets.UTF_8)
                                .replace("+", "%20")
                                .replace("%2F", "/"));
        json.writeStringProperty("split", SplitFolders.name(image.split()));
        json.writeStringProperty("group", image.group());
        json.writeObjectPropertyStart("tags");
        image.tags().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayPropertyStart("annotations");
        image.value().ifPresent(value -> {
            json.writeStartObject();
            result(value, image.size());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeArrayPropertyStart("predictions");
        for (PreFill fill : image.preFills()) {
            json.writeStartObject();
            json.writeStringProperty("model_version", fill.model());
            result(fill.value(), image.size());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void result(AnnotationValue value, ImageSize size) {
        json.writeArrayPropertyStart("result");
        switch (value) {
            case ClassLabels labels -> {
                if (!labels.classes().isEmpty()) {
                    start("choice", "choices", 1, size);
                    json.writeArrayPropertyStart("choices");
                    labels.classes().forEach(json::writeString);
                    json.writeEndArray();
                    json.writeEndObject();
                    json.writeEndObject();
                }
            }
            case ObjectLabels labels -> {
                int id = 0;
                for (AnnotatedObject object : labels.objects()) {
                    region(object, ++id, size);
                }
            }
        }
        json.writeEndArray();
    }

    /** Begins a result and its value. */
    private void start(String control, String type, int id, ImageSize size) {
        json.writeStartObject();
        json.writeStringProperty("id", "r" + id);
        json.writeStringProperty("from_name", control);
        json.writeStringProperty("to_name", "image");
        json.writeStringProperty("type", type);
        json.writeNumberProperty("original_width", size.width());
        json.writeNumberProperty("original_height", size.height());
        json.writeNumberProperty("image_rotation", 0);
        json.writeObjectPropertyStart("value");
    }

    private void region(AnnotatedObject object, int id, ImageSize size) {
        String type = switch (object.shape()) {
            case BoxShape box -> {
                start("box", "rectanglelabels", id, size);
                rectangle(box.x(), box.y(), box.width(), box.height(), 0, size);
                yield "rectanglelabels";
            }
            case RotatedBoxShape box -> {
                start("box", "rectanglelabels", id, size);
                double angle = Math.toRadians(box.degrees());
                double x = box.centreX() - Math.cos(angle) * box.width() / 2 + Math.sin(angle) * box.height() / 2;
                double y = box.centreY() - Math.sin(angle) * box.width() / 2 - Math.cos(angle) * box.height() / 2;
                rectangle(x, y, box.width(), box.height(), (box.degrees() % 360 + 360) % 360, size);
                yield "rectanglelabels";
            }
            case PolygonShape polygon -> {
                start("polygon", "polygonlabels", id, size);
                points(polygon.rings().getFirst().coordinates(), size);
                yield "polygonlabels";
            }
            case MaskShape mask -> {
                start("brush", "brushlabels", id, size);
                json.writeStringProperty("format", "rle");
                json.writeArrayPropertyStart("rle");
                BrushRuns.encode(RowRuns.rows(mask.mask())).forEach(json::writeNumber);
                json.writeEndArray();
                yield "brushlabels";
            }
        };
        json.writeArrayPropertyStart(type);
        json.writeString(object.name());
        json.writeEndArray();
        json.writeEndObject();
        notes(object);
        json.writeEndObject();
    }

    private void rectangle(double x, double y, double width, double height, double degrees, ImageSize size) {
        json.writeNumberProperty("x", 100 * x / size.width());
        json.writeNumberProperty("y", 100 * y / size.height());
        json.writeNumberProperty("width", 100 * width / size.width());
        json.writeNumberProperty("height", 100 * height / size.height());
        json.writeNumberProperty("rotation", degrees);
    }

    private void points(List<Double> coordinates, ImageSize size) {
        json.writeArrayPropertyStart("points");
        for (int i = 0; i < coordinates.size(); i += 2) {
            json.writeStartArray();
            json.writeNumber(100 * coordinates.get(i) / size.width());
            json.writeNumber(100 * coordinates.get(i + 1) / size.height());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeBooleanProperty("closed", true);
    }

    private void notes(AnnotatedObject object) {
        if (object.attributes().isEmpty() && object.flags().isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("meta");
        json.writeArrayPropertyStart("text");
        object.attributes().forEach((key, value) -> json.writeString(key + "=" + value));
        object.flags().forEach(flag -> json.writeString(flag.name().toLowerCase(Locale.ROOT) + "=true"));
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void finish() throws IOException {
        json.writeRaw('\n');
        json.writeEndArray();
        json.close();
        try (BufferedWriter out = folder.text("label_config.xml")) {
            out.write("<View>\n  <Image name=\"image\" value=\"$image\" zoom=\"true\" rotateControl=\"true\"/>\n");
            switch (header.task()) {
                case CLASSIFICATION -> control(out, "Choices name=\"choice\" choice=\"single\"", "Choice");
                case MULTI_LABEL -> control(out, "Choices name=\"choice\" choice=\"multiple\"", "Choice");
                case DETECTION -> control(out, "RectangleLabels name=\"box\"", "Label");
                case INSTANCE_SEGMENTATION, SEMANTIC_SEGMENTATION -> {
                    control(out, "RectangleLabels name=\"box\"", "Label");
                    control(out, "PolygonLabels name=\"polygon\"", "Label");
                    control(out, "BrushLabels name=\"brush\"", "Label");
                }
            }
            out.write("</View>\n");
        }
    }

    private void control(BufferedWriter out, String tag, String child) throws IOException {
        out.write("  <%s toName=\"image\">\n".formatted(tag));
        out.write(header.classes().stream()
                .map(each -> "    <%s value=\"%s\"%s/>\n".formatted(child, XmlText.escaped(each.name()), hint(each)))
                .collect(Collectors.joining()));
        out.write("  </%s>\n".formatted(tag.replaceFirst(" .*", "")));
    }

    private static String hint(ExchangeClass each) {
        return each.definition().isEmpty() ? "" : " hint=\"%s\"".formatted(XmlText.escaped(each.definition()));
    }

    @Override
    public void close() {
        json.close();
    }
}
