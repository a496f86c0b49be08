package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.Keypoint;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import dev.fovea.datasets.exchange.writing.SplitFolders;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** {@code annotations/train.json} and {@code images/train/}, as Datumaro 1 reads them; a file per split. */
public final class DatumaroWriter implements FormatWriter {

    private static final String NO_SPLIT = "default";

    private final ExchangeHeader header;
    private final List<String> names;
    private final ExportFolder folder;
    private final Map<Split, JsonGenerator> documents = new EnumMap<>(Split.class);

    /** Into a folder. */
    public DatumaroWriter(ExchangeHeader header, ExportFolder folder) {
        this.header = header;
        this.names = header.names();
        this.folder = folder;
    }

    private static String subset(Split split) {
        String name = SplitFolders.name(split);
        return name.isEmpty() ? NO_SPLIT : name;
    }

    private JsonGenerator document(Split split) throws IOException {
        JsonGenerator open = documents.get(split);
        if (open != null) {
            return open;
        }
        JsonGenerator json =
                LenientJson.MAPPER.createGenerator(folder.text("annotations/%s.json".formatted(subset(split))));
        documents.put(split, json);
        json.writeStartObject();
        json.writeStringProperty("dm_format_version", "1.0");
        json.writeObjectPropertyStart("infos");
        json.writeEndObject();
        json.writeObjectPropertyStart("categories");
        json.writeObjectPropertyStart("label");
        json.writeArrayPropertyStart("labels");
        for (String name : names) {
            json.writeStartObject();
            json.writeStringProperty("name", name);
            json.writeStringProperty("parent", "");
            json.writeArrayPropertyStart("attributes");
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("attributes");
        json.writeEndArray();
        json.writeEndObject();
        skeletons(json);
        json.writeEndObject();
        json.writeArrayPropertyStart("items");
        return json;
    }

    private void skeletons(JsonGenerator json) {
        json.writeObjectPropertyStart("points");
        json.writeArrayPropertyStart("items");
        for (int i = 0; i < names.size(); i++) {
            ExchangeClass each = header.classes().get(i);
            if (each.skeleton().isPresent()) {
                json.writeStartObject();
                json.writeNumberProperty("label_id", i);
                json.writeArrayPropertyStart("labels");
                each.skeleton().get().points().forEach(json::writeString);
                json.writeEndArray();
                json.writeArrayPropertyStart("joints");
                each.skeleton()
                        .get()
                        .joints()
                        .forEach(joint -> json.writeArray(new int[] {joint.from() + 1, joint.to() + 1}, 0, 2));
                json.writeEndArray();
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void add(ExchangedImage image) throws IOException {
        folder.image(image, "images/%s/%s".formatted(subset(image.split()), image.name()));
        JsonGenerator json = document(image.split());
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringProperty("id", image.name().replaceFirst("\\.[^./]*$", ""));
        json.writeObjectPropertyStart("attr");
        image.tags().forEach(json::writeStringProperty);
        json.writeEndObject();
        if (!image.group().isEmpty()) {
            json.writeStringProperty("group", image.group());
        }
        if (image.value().isEmpty()) {
            json.writeBooleanProperty("labelled", false);
        }
        json.writeObjectPropertyStart("image");
        json.writeStringProperty("path", image.name());
        json.writeArrayPropertyStart("size");
        json.writeNumber(image.size().height());
        json.writeNumber(image.size().width());
        json.writeEndArray();
        json.writeEndObject();
        json.writeArrayPropertyStart("annotations");
        if (image.value().isPresent()) {
            switch (image.value().get()) {
                case ClassLabels labels -> labels(json, labels);
                case ObjectLabels labels -> {
                    int group = 0;
                    for (AnnotatedObject object : labels.objects()) {
                        object(json, object, ++group);
                    }
                }
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void labels(JsonGenerator json, ClassLabels labels) {
        Set<String> all = new TreeSet<>(labels.classes());
        all.addAll(labels.weights().keySet());
        int id = 0;
        for (String name : all) {
            start(json, "label", name, id++, 0);
            json.writeObjectPropertyStart("attributes");
            if (labels.weights().containsKey(name)) {
                json.writeNumberProperty("weight", labels.weights().getOrDefault(name, 0.0));
            }
            if (!labels.classes().contains(name)) {
                json.writeBooleanProperty("only_weight", true);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private void start(JsonGenerator json, String type, String name, int id, int group) {
        json.writeStartObject();
        json.writeNumberProperty("id", id);
        json.writeStringProperty("type", type);
        json.writeNumberProperty("group", group);
        json.writeNumberProperty("label_id", names.indexOf(name));
        json.writeNumberProperty("z_order", 0);
    }

    /** Begins an annotation of an object. */
    private void start(JsonGenerator json, String type, AnnotatedObject object, int group) {
        start(json, type, object.name(), group, group);
        json.writeObjectPropertyStart("attributes");
        object.attributes().forEach(json::writeStringProperty);
        object.flags()
                .forEach(flag -> json.writeBooleanProperty(
                        (flag == ObjectFlag.CROWD ? "is_" : "") + flag.name().toLowerCase(Locale.ROOT), true));
        json.writeEndObject();
    }

    private void object(JsonGenerator json, AnnotatedObject object, int group) {
        switch (object.shape()) {
            case BoxShape box -> {
                start(json, "bbox", object, group);
                numbers(json, "bbox", List.of(box.x(), box.y(), box.width(), box.height()));
                json.writeEndObject();
            }
            case RotatedBoxShape box -> throw new IllegalArgumentException("Datumaro JSON has no rotated boxes");
            case PolygonShape polygon -> {
                for (Ring ring : polygon.rings()) {
                    start(json, "polygon", object, group);
                    numbers(json, "points", ring.coordinates());
                    json.writeEndObject();
                }
            }
            case MaskShape mask -> {
                start(json, "mask", object, group);
                json.writeObjectPropertyStart("rle");
                json.writeStringProperty("counts", mask.counts());
                json.writeArrayPropertyStart("size");
                json.writeNumber(mask.size().height());
                json.writeNumber(mask.size().width());
                json.writeEndArray();
                json.writeEndObject();
                json.writeEndObject();
            }
        }
        if (!object.keypoints().isEmpty()) {
            start(json, "points", object, group);
            numbers(
                    json,
                    "points",
                    object.keypoints().stream()
                            .flatMap(point -> Stream.of(point.x(), point.y()))
                            .toList());
            json.writeArrayPropertyStart("visibility");
            for (Keypoint point : object.keypoints()) {
                json.writeNumber(point.visibility().number());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void numbers(JsonGenerator json, String name, List<Double> numbers) {
        json.writeArrayPropertyStart(name);
        numbers.forEach(json::writeNumber);
        json.writeEndArray();
    }

    @Override
    public void finish() throws IOException {
        if (documents.isEmpty()) {
            document(Split.UNASSIGNED);
        }
        for (JsonGenerator json : documents.values()) {
            json.writeRaw('\n');
            json.writeEndArray();
            json.writeEndObject();
            json.close();
        }
    }

    @Override
    public void close() {
        documents.values().forEach(JsonGenerator::close);
    }
}
