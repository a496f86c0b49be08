package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import dev.fovea.datasets.exchange.writing.SplitFolders;
import dev.fovea.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * A COCO document for each split ({@code annotations/instances_train.json}), the images in {@code images/}. Image ids
 * are unique across the documents. Written as a stream: annotations go to a file of their own until the images are
 * complete.
 */
public final class CocoFormatWriter implements FormatWriter {

    private final ExchangeHeader header;
    private final ExportFolder folder;
    private final Map<String, Integer> categories = new HashMap<>();
    private final Map<Split, Document> documents = new EnumMap<>(Split.class);
    private int images;
    private int annotations;

    /** A document that is being written, as two lists of JSON objects, one on a line. */
    private record Document(Path imagesFile, Path annotationsFile, JsonGenerator images, JsonGenerator annotations) {}

    /** Into a folder. */
    public CocoFormatWriter(ExchangeHeader header, ExportFolder folder) {
        this.header = header;
        this.folder = folder;
        List<String> names = header.names();
        for (int i = 0; i < names.size(); i++) {
            categories.put(names.get(i), i + 1);
        }
    }

    @Override
    public void add(ExchangedImage image) throws IOException {
        folder.image(image, SplitFolders.path("images", image.split(), image.name()));
        Document document = documents.get(image.split());
        if (document == null) {
            document = open(image.split());
            documents.put(image.split(), document);
        }
        images++;
        image(document.images(), image);
        if (image.value().isPresent() && image.value().get() instanceof ObjectLabels(List<AnnotatedObject> objects)) {
            for (AnnotatedObject object : objects) {
                JsonGenerator json = document.annotations();
                json.writeRaw('\n');
                json.writeStartObject();
                json.writeNumberProperty("id", ++annotations);
                json.writeNumberProperty("image_id", images);
                json.writeNumberProperty("category_id", categories.getOrDefault(object.name(), 0));
                CocoAnnotationText.write(json, object, image.size());
                json.writeEndObject();
            }
        }
    }

    private Document open(Split split) throws IOException {
        Path images = folder.file("annotations/images-%s.part".formatted(split.label()));
        Path list = folder.file("annotations/annotations-%s.part".formatted(split.label()));
        return new Document(images, list, list(images), list(list));
    }

    private static JsonGenerator list(Path file) throws IOException {
        JsonGenerator json = LenientJson.MAPPER.createGenerator(new BufferedOutputStream(Files.newOutputStream(file)));
        json.writeStartArray();
        return json;
    }

    private void image(JsonGenerator json, ExchangedImage image) {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeNumberProperty("id", images);
        json.writeStringProperty("file_name", image.name());
        json.writeNumberProperty("width", image.size().width());
        json.writeNumberProperty("height", image.size().height());
        if (!image.tags().isEmpty()) {
            json.writeObjectPropertyStart("tags");
            image.tags().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        if (!image.group().isEmpty()) {
            json.writeStringProperty("group", image.group());
        }
        if (image.value().isEmpty()) {
            json.writeBooleanProperty("labelled", false);
        }
        json.writeEndObject();
    }

    @Override
    public void finish() throws IOException {
        if (documents.isEmpty()) {
            documents.put(Split.UNASSIGNED, open(Split.UNASSIGNED));
        }
        for (Map.Entry<Split, Document> each : documents.entrySet()) {
            Document document = each.getValue();
            close(document.images());
            close(document.annotations());
            String split = SplitFolders.name(each.getKey());
            Path file = folder.file("annotations/instances_%s.json".formatted(split.isEmpty() ? "default" : split));
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                JsonGenerator json = LenientJson.MAPPER.createGenerator(out);
                json.writeStartObject();
                json.writeObjectPropertyStart("info");
                json.writeStringProperty("description", "Exported by Fovea");
                json.writeStringProperty("task", Json.word(header.task()));
                json.writeEndObject();
                categories(json);
                list(json, "images", document.imagesFile(), out);
                list(json, "annotations", document.annotationsFile(), out);
                json.writeEndObject();
                json.close();
            }
            Files.delete(document.imagesFile());
            Files.delete(document.annotationsFile());
        }
    }

    private static void list(JsonGenerator json, String name, Path file, OutputStream out) throws IOException {
        json.writeName(name);
        json.writeRawValue("");
        json.flush();
        Files.copy(file, out);
    }

    private void categories(JsonGenerator json) {
        json.writeArrayPropertyStart("categories");
        int id = 1;
        for (ExchangeClass each : header.classes()) {
            json.writeStartObject();
            json.writeNumberProperty("id", id++);
            json.writeStringProperty("name", each.name());
            if (!each.definition().isEmpty()) {
                json.writeStringProperty("definition", each.definition());
            }
            each.skeleton().ifPresent(skeleton -> {
                json.writeArrayPropertyStart("keypoints");
                skeleton.points().forEach(json::writeString);
                json.writeEndArray();
                json.writeArrayPropertyStart("skeleton");
                skeleton.joints().forEach(joint -> json.writeArray(new int[] {joint.from() + 1, joint.to() + 1}, 0, 2));
                json.writeEndArray();
            });
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void close(JsonGenerator json) {
        if (!json.isClosed()) {
            json.writeRaw('\n');
            json.writeEndArray();
            json.close();
        }
    }

    @Override
    public void close() {
        for (Document document : documents.values()) {
            document.images().close();
            document.annotations().close();
        }
    }
}
