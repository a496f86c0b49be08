package dev.fovea.datasets.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.fault.ErrorCode;
import dev.fovea.json.Json;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a version says about an image: this, and the image's hash, is all that the version's id depends on.
 *
 * @param split its split
 * @param group its group
 * @param tags by name
 * @param label the annotation in force
 */
public record ItemState(
        Split split, Optional<String> group, SortedMap<String, String> tags, Optional<AnnotationValue> label) {

    private static final Json JSON = Json.of("state", ErrorCode.STORAGE_FAILED);

    public ItemState {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    @JsonPropertyOrder({"split", "group", "tags", "label"})
    private record Text(
            Split split,
            Optional<String> group,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            SortedMap<String, String> tags,

            Optional<String> label) {}

    /** Equal states give equal text. */
    public String write() {
        return write(split, group, tags, label.map(AnnotationJson::write));
    }

    /** The same of a label that {@link AnnotationJson} wrote. */
    public static String write(
            Split split, Optional<String> group, SortedMap<String, String> tags, Optional<String> label) {
        return JSON.write(new Text(split, group, tags, label));
    }

    /** Reads what {@link #write} writes. */
    public static ItemState read(String text) {
        Text read = JSON.read(text, Text.class);
        return new ItemState(
                read.split(), read.group(), read.tags(), read.label().map(AnnotationJson::read));
    }
}
