package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeClass.Joint;
import dev.fovea.datasets.exchange.model.ExchangeClass.Skeleton;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.reading.ByteOrderMark;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Where things are in a COCO document, found in two passes: images and classes, then the place of each annotation. An
 * annotation takes 24 bytes, so that a document of 4 GB is read in bounded memory.
 */
final class CocoIndex {

    /**
     * An image that the document lists.
     *
     * @param labelled whether somebody has annotated it
     */
    record CocoEntry(
            String fileName,
            int width,
            int height,
            Map<String, String> tags,
            String group,
            boolean labelled,
            int line) {}

    private final Path file;
    private final Map<Long, ExchangeClass> categories = new LinkedHashMap<>();
    private final List<CocoEntry> images = new ArrayList<>();
    private final Map<Long, Integer> ordinals = new HashMap<>();
    private final FindingCounter findings;
    private AnnotationPlaces places = new AnnotationPlaces(0);

    private final Map<Long, Integer> used = new TreeMap<>();
    private boolean hasOutlines;
    private boolean isSemantic;

    private CocoIndex(Path file, FindingCounter findings) {
        this.file = file;
        this.findings = findings;
    }

    /** Indexes a document; {@code DATASET_INVALID} with file and line when it is damaged. */
    static CocoIndex of(Path file, FindingCounter findings) {
        CocoIndex index = new CocoIndex(file, findings);
        ByteOrderMark.report(file, findings);
        index.pass("images", index::image, "categories", index::category);
        index.places = new AnnotationPlaces(index.images.size());
        index.pass("annotations", index::annotation, "", index::annotation);
        index.places.finish();
        index.places
                .repeated()
                .forEach(line -> findings.add(ReadFault.DUPLICATE_ID, new TextPlace(file, line, "annotation"), ""));
        return index;
    }

    private interface Element {
        void read(JsonParser parser, int line);
    }

    private void pass(String one, Element readsOne, String other, Element readsOther) {
        LenientJson.read(file, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw LenientJson.invalid("%s is not COCO: it must begin with {.".formatted(file));
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_ARRAY && (name.equals(one) || name.equals(other))) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        int line = parser.currentTokenLocation().getLineNr();
                        (name.equals(one) ? readsOne : readsOther).read(parser, line);
                    }
                } else {
                    info(name, parser);
                }
            }
            return true;
        });
    }

    /** Our own exports state the task. */
    private void info(String name, JsonParser parser) {
        if (name.equals("info") && parser.currentToken() == JsonToken.START_OBJECT) {
            JsonNode node = parser.readValueAsTree();
            isSemantic |= node.path("task").asString("").equals(Json.word(ImageTask.SEMANTIC_SEGMENTATION));
        } else {
            parser.skipChildren();
        }
    }

    /** Whether the document says that its masks are those of classes. */
    boolean isSemantic() {
        return isSemantic;
    }

    private void image(JsonParser parser, int line) {
        JsonNode node = parser.readValueAsTree();
        String name = node.path("file_name").asString("");
        if (name.isEmpty() || !node.path("id").isIntegralNumber()) {
            throw LenientJson.invalid(
                    "Line %d of %s: an image needs a file_name and a whole number as id. Export it again. Nothing was imported."
                            .formatted(line, file));
        }
        Integer before = ordinals.putIfAbsent(node.path("id").asLong(), images.size());
        if (before != null) {
            if (!images.get(before).fileName().equals(name)) {
                throw LenientJson.invalid(
                        "Line %d of %s: the images %s and %s have the same id %d, so that it is not known which one an annotation is for. Give them ids of their own. Nothing was imported."
                                .formatted(
                                        line,
                                        file,
                                        images.get(before).fileName(),
                                        name,
                                        node.path("id").asLong()));
            }
            findings.add(ReadFault.DUPLICATE_ID, new TextPlace(file, line), "image " + name);
            return;
        }
        Map<String, String> tags = new TreeMap<>();
        node.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
        images.add(new CocoEntry(
                name,
                node.path("width").asInt(0),
                node.path("height").asInt(0),
                Map.copyOf(tags),
                node.path("group").asString(""),
                node.path("labelled").asBoolean(true),
                line));
    }

    private void category(JsonParser parser, int line) {
        JsonNode node = parser.readValueAsTree();
        String where = "Line %d of %s".formatted(line, file);
        String name = node.path("name").asString("");
        if (name.isEmpty() || !node.path("id").isIntegralNumber()) {
            throw LenientJson.invalid(
                    "%s: a category needs a name and a whole number as id. Export it again. Nothing was imported."
                            .formatted(where));
        }
        ExchangeClass category = new ExchangeClass(
                ClassName.of(name, where), node.path("definition").asString(""), skeleton(node));
        ExchangeClass before = categories.put(node.path("id").asLong(), category);
        if (before != null && !before.name().equals(category.name())) {
            throw LenientJson.invalid(
                    "%s: the categories \"%s\" and \"%s\" have the same id. Give them ids of their own. Nothing was imported."
                            .formatted(where, before.name(), category.name()));
        }
    }

    private static Optional<Skeleton> skeleton(JsonNode node) {
        List<String> points = new ArrayList<>();
        node.path("keypoints").forEach(point -> points.add(point.asString("")));
        List<Joint> joints = new ArrayList<>();
        node.path("skeleton").forEach(joint -> {
            if (joint.size() == 2) {
                joints.add(new Joint(joint.path(0).asInt(1) - 1, joint.path(1).asInt(1) - 1));
            }
        });
        return points.isEmpty() ? Optional.empty() : Optional.of(new Skeleton(points, joints));
    }

    private void annotation(JsonParser parser, int line) {
        long start = parser.currentTokenLocation().getByteOffset();
        long image = Long.MIN_VALUE;
        long id = Long.MIN_VALUE;
        boolean isOutline = false;
        boolean isRotated = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_NUMBER_INT && name.equals("image_id")) {
                image = parser.getLongValue();
            } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("id")) {
                id = parser.getLongValue();
            } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("category_id")) {
                used.putIfAbsent(parser.getLongValue(), line);
            } else {
                isRotated |= name.equals("rotated_box");
                isOutline |= (name.equals("segmentation") || name.equals("polygon")) && isFilled(parser, value);
                parser.skipChildren();
            }
        }
        hasOutlines |= isOutline && !isRotated;
        Integer ordinal = ordinals.get(image);
        if (ordinal == null) {
            findings.add(
                    ReadFault.IMAGE_MISSING,
                    new TextPlace(file, line, "annotation " + id),
                    "\"images\" does not list the id " + image);
            return;
        }
        long end = parser.currentTokenLocation().getByteOffset() + 1;
        places.add(ordinal, id, start, Math.toIntExact(end - start), line);
    }

    /** Whether a segmentation is not empty; passes over it but for the end of the list or object. */
    private static boolean isFilled(JsonParser parser, JsonToken value) {
        if (value != JsonToken.START_ARRAY) {
            return value == JsonToken.START_OBJECT;
        }
        boolean isFilled = false;
        while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
            isFilled = true;
            parser.skipChildren();
        }
        return isFilled;
    }

    /** The category ids of annotations, with the first line of each. */
    Map<Long, Integer> used() {
        return used;
    }

    /** Whether an annotation has polygons or a mask. */
    boolean hasOutlines() {
        return hasOutlines;
    }

    Path file() {
        return file;
    }

    List<CocoEntry> images() {
        return images;
    }

    Map<Long, ExchangeClass> categories() {
        return categories;
    }

    AnnotationPlaces places() {
        return places;
    }
}
