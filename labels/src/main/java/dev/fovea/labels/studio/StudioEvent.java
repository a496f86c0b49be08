package dev.fovea.labels.studio;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What an event of a Label Studio webhook says about annotations, as Label Studio 1.23 sends it. Events about one
 * annotation state {@code annotation} and {@code task}; {@code ANNOTATIONS_CREATED} states a list of each, in the same
 * order, and {@code ANNOTATIONS_DELETED} only ids. An annotation that was skipped counts as deleted.
 *
 * @param made annotations that were made or changed
 * @param deleted for each that was deleted, the start of its {@link StudioLabel#id ids}, up to a space
 */
public record StudioEvent(List<StudioLabel> made, List<String> deleted) {

    /**
     * An annotation in one state.
     *
     * @param id of the annotation in this state: its project's, its own, and when it was changed
     */
    public record StudioLabel(String id, JsonNode annotation, JsonNode task) {}

    public StudioEvent {
        made = List.copyOf(made);
        deleted = List.copyOf(deleted);
    }

    /** Reads an event; one that is not about annotations has none. */
    public static StudioEvent read(String dataset, JsonNode event) {
        JsonNode project = event.path("project");
        // Projects are numbered from 1 in each Label Studio; with its time a project is the only one
        String origin = "label-studio %s %s@%s "
                .formatted(
                        dataset,
                        project.path("id").asString(""),
                        project.path("created_at").asString(""));
        List<StudioLabel> made = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        switch (event.path("action").asString("")) {
            case "ANNOTATION_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_CREATED" -> {
                List<JsonNode> annotations = each(event.path("annotation"));
                List<JsonNode> tasks = each(event.path("task"));
                for (int i = 0; i < Math.min(annotations.size(), tasks.size()); i++) {
                    JsonNode annotation = annotations.get(i);
                    String id = origin + annotation.path("id").asString("");
                    if (annotation.path("was_cancelled").asBoolean(false)) {
                        deleted.add(id);
                    } else {
                        made.add(new StudioLabel(
                                id + " " + annotation.path("updated_at").asString(""), annotation, tasks.get(i)));
                    }
                }
            }
            case "ANNOTATIONS_DELETED" ->
                event.path("annotations")
                        .forEach(annotation ->
                                deleted.add(origin + annotation.path("id").asString("")));
            default -> {}
        }
        return new StudioEvent(made, deleted);
    }

    private static List<JsonNode> each(JsonNode node) {
        List<JsonNode> nodes = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(nodes::add);
        } else {
            nodes.add(node);
        }
        return nodes;
    }
}
