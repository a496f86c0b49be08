package dev.fovea.protocol;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A message's JSON as a stream. Fields that are unknown or null are passed over.
 *
 * @param json stands at the value that is read next
 * @param kind for the words of errors
 */
record JsonValues(JsonParser json, MessageKind kind) {

    /** Far more inputs, outputs and axes than any network has, and few enough to cost nothing. */
    private static final int MAX_ELEMENTS = 1024;

    /** Reads one field, whose value the parser stands at. */
    interface FieldReader {
        void read(String name);
    }

    void object(String what, FieldReader field) {
        for (String name = first(what); name != null; name = json.nextName()) {
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                field.read(name);
            }
        }
    }

    void skip() {
        json.skipChildren();
    }

    void each(String what, Runnable element) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw kind.malformed(what, "a list […]");
        }
        for (int count = 0; json.nextToken() != JsonToken.END_ARRAY; count++) {
            if (count == MAX_ELEMENTS) {
                throw kind.malformed(what, "a list of %d at most".formatted(MAX_ELEMENTS));
            }
            element.run();
        }
    }

    /** A text, or a number as one. */
    String text(String what) {
        return switch (json.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT -> json.getString();
            default -> throw kind.malformed(what, "a text");
        };
    }

    /** Those that mean something here; a value that is a list, an object or null counts as absent. */
    Parameters parameters() {
        Map<String, Object> values = new HashMap<>();
        for (String name = first("parameters"); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            if (!Parameters.isKnown(name)) {
                json.skipChildren();
            } else if (value.isBoolean()) {
                values.put(name, json.getBooleanValue());
            } else if (value.isNumeric()) {
                values.put(name, json.getNumberValue());
            } else if (value == JsonToken.VALUE_STRING) {
                values.put(name, json.getString());
            } else {
                json.skipChildren();
            }
        }
        return new Parameters(values);
    }

    /** The name of an object's first field; null when it has none. */
    private @Nullable String first(String what) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw kind.malformed(what, "an object {…}");
        }
        return json.nextName();
    }
}
