package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.exchange.reading.TextPlace;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** The objects of a list in a JSON file, one at a time in memory. */
final class StreamedElements implements Iterator<StreamedElements.Located> {

    /** An object and where it begins. */
    record Located(JsonNode node, TextPlace place) {}

    private final Path file;
    private final JsonParser parser;
    private Optional<Located> next = Optional.empty();

    private StreamedElements(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * The objects of the list that is the document, or of a field of it; the caller closes the stream.
     *
     * @param field or empty for the document itself
     */
    static Stream<Located> of(Path file, String field) {
        JsonParser parser;
        try {
            parser = LenientJson.MAPPER.createParser(file);
        } catch (JacksonException e) {
            throw LenientJson.damaged(file, e);
        }
        StreamedElements elements = new StreamedElements(file, parser);
        try {
            elements.find(field);
            elements.next = elements.advance();
        } catch (JacksonException e) {
            parser.close();
            throw LenientJson.damaged(file, e);
        }
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, Spliterator.ORDERED), false)
                .onClose(parser::close);
    }

    private void find(String field) {
        JsonToken token = parser.nextToken();
        if (field.isEmpty() || token != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isIt = parser.currentName().equals(field);
            if (parser.nextToken() == JsonToken.START_ARRAY && isIt) {
                return;
            }
            parser.skipChildren();
        }
    }

    private Optional<Located> advance() {
        try {
            if (parser.currentToken() == null || parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            int line = parser.currentTokenLocation().getLineNr();
            return Optional.of(new Located(parser.readValueAsTree(), new TextPlace(file, line)));
        } catch (JacksonException e) {
            throw LenientJson.damaged(file, e);
        }
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public Located next() {
        Located element = next.orElseThrow(NoSuchElementException::new);
        next = advance();
        return element;
    }
}
