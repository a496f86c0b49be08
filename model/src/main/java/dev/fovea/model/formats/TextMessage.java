package dev.fovea.model.formats;

import java.util.List;
import java.util.Optional;

/**
 * A message in protobuf's text format, as far as names and values go.
 *
 * @param fields in order; a list is a field for each of its values
 */
record TextMessage(List<Field> fields) {

    /** A field's value. */
    sealed interface Value {
        /** What stood in quotes. */
        record Text(String text) implements Value {}

        /** A number or a name. */
        record Word(String word) implements Value {}

        /** Another message. */
        record Nested(TextMessage message) implements Value {}
    }

    /** A name with one value. */
    record Field(String name, Value value) {}

    TextMessage {
        fields = List.copyOf(fields);
    }

    /** The messages under a name. */
    List<TextMessage> messages(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .filter(Value.Nested.class::isInstance)
                .map(value -> ((Value.Nested) value).message())
                .toList();
    }

    /** The text under a name that is not empty. */
    Optional<String> text(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .filter(Value.Text.class::isInstance)
                .map(value -> ((Value.Text) value).text())
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    /** The numbers and names under a name. */
    List<String> words(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .filter(Value.Word.class::isInstance)
                .map(value -> ((Value.Word) value).word())
                .toList();
    }
}
