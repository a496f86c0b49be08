package dev.fovea.datasets.formats;

import dev.fovea.datasets.ClassName;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * One COCO document, read as a stream. Outlines and other fields are skipped, so that 450 MB of
 * {@code instances_train2017.json} take the memory of their boxes.
 *
 * @param file it was read from
 * @param categories names by id
 * @param images in the order of the file
 * @param entries annotations in the order of the file
 */
public record CocoDocument(
        Path file, Map<Long, String> categories, List<CocoImage> images, List<CocoAnnotation> entries) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** An image that the document lists; sizes are 0 where it states none. */
    record CocoImage(long id, String fileName, int width, int height) {}

    /**
     * A box.
     *
     * @param box x, y, width, height in pixels
     * @param line where it begins in the file, from 1
     */
    record CocoAnnotation(long id, long image, long category, double[] box, boolean crowd, int line) {}

    /** What a message calls an annotation. */
    String where(CocoAnnotation entry) {
        return "Annotation %d (line %d) of %s".formatted(entry.id(), entry.line(), file);
    }

    /** Whether a document begins like COCO: an object with {@code images} of a {@code file_name}, or boxes. */
    public static boolean isCoco(Path file) {
        try (JsonParser parser = MAPPER.createParser(file)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_ARRAY && (name.equals("images") || name.equals("annotations"))) {
                    return parser.nextToken() == JsonToken.START_OBJECT
                            && has(parser, name.equals("images") ? "file_name" : "bbox");
                }
                parser.skipChildren();
            }
            return false;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean has(JsonParser parser, String wanted) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            if (parser.currentName().equals(wanted)) {
                return true;
            }
            parser.nextToken();
            parser.skipChildren();
        }
        return false;
    }

    /** Reads a document; {@code DATASET_INVALID} with file and line when it is damaged. */
    static CocoDocument read(Path file) {
        CocoDocument document = new CocoDocument(file, new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        try (JsonParser parser = MAPPER.createParser(file)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "images" -> document.each(parser, document::image);
                    case "annotations" -> document.each(parser, document::entry);
                    case "categories" -> document.each(parser, document::category);
                    default -> parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s is damaged: it is not the JSON of COCO from line %d, column %d. Export the annotations again."
                            .formatted(
                                    file,
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getLineNr(),
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getColumnNr()),
                    e);
        }
        return document;
    }

    /** Reads one element, field by field. */
    private interface Element {
        void read(Map<String, Object> fields, int line);
    }

    private void each(JsonParser parser, Element element) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            int line = parser.currentTokenLocation().getLineNr();
            Map<String, Object> fields = new HashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                field(parser, fields);
            }
            element.read(fields, line);
        }
    }

    private static void field(JsonParser parser, Map<String, Object> fields) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("bbox") && value == JsonToken.START_ARRAY) {
            List<Double> numbers = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
                numbers.add(parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN);
                parser.skipChildren();
            }
            fields.put(name, numbers);
        } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
            fields.put(name, parser.getString());
        } else {
            parser.skipChildren();
        }
    }

    private void image(Map<String, Object> fields, int line) {
        String name = String.valueOf(fields.getOrDefault("file_name", ""));
        if (name.isEmpty()) {
            throw BoxFitting.invalid(
                    "Line %d of %s: an image without a file_name. Export it again.".formatted(line, file));
        }
        images.add(
                new CocoImage(number("id", fields, line), name, size(fields.get("width")), size(fields.get("height"))));
    }

    private void category(Map<String, Object> fields, int line) {
        String name = String.valueOf(fields.getOrDefault("name", ""));
        categories.put(number("id", fields, line), ClassName.of(name, "Line %d of %s".formatted(line, file)));
    }

    private void entry(Map<String, Object> fields, int line) {
        String crowd = String.valueOf(fields.getOrDefault("iscrowd", "0"));
        entries.add(new CocoAnnotation(
                fields.containsKey("id") ? number("id", fields, line) : entries.size(),
                number("image_id", fields, line),
                number("category_id", fields, line),
                box(fields, line),
                crowd.equals("1") || crowd.equals("true"),
                line));
    }

    private double[] box(Map<String, Object> fields, int line) {
        if (fields.get("bbox") instanceof List<?> numbers && numbers.size() == 4) {
            double[] box = numbers.stream().mapToDouble(each -> (Double) each).toArray();
            boolean contains = Double.isFinite(box[0] + box[1] + box[2] + box[3]) && box[2] >= 0 && box[3] >= 0;
            if (contains) {
                return box;
            }
        }
        throw BoxFitting.invalid(
                "Line %d of %s: an annotation whose \"bbox\" is not [x, y, width, height] in pixels. Correct it."
                        .formatted(line, file));
    }

    private long number(String name, Map<String, Object> fields, int line) {
        String text = String.valueOf(fields.getOrDefault(name, ""));
        if (text.matches("-?\\d{1,18}")) {
            return Long.parseLong(text);
        }
        throw BoxFitting.invalid("Line %d of %s: \"%s\" must be a whole number and is \"%s\". Correct it."
                .formatted(line, file, name, text));
    }

    private static int size(@org.jspecify.annotations.Nullable Object field) {
        String text = String.valueOf(field);
        return text.matches("\\d{1,8}") ? Integer.parseInt(text) : 0;
    }
}
