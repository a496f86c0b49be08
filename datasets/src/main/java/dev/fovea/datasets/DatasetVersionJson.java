package dev.fovea.datasets;

import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.quality.PerceptualHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A data set version as JSON; reading verifies the id. */
public final class DatasetVersionJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private DatasetVersionJson() {}

    /** One line of JSON that {@link #read} turns into an equal version. */
    public static String write(DatasetVersion version) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("id", version.id());
        version.labels().forEach(node.putArray("labels")::add);
        version.items().forEach(item -> node.withArray("items").add(tree(item)));
        return MAPPER.writeValueAsString(node);
    }

    /** Reads a version; {@code DATASET_INVALID} when it is not one, or was changed after it was written. */
    public static DatasetVersion read(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            List<Item> items = new ArrayList<>();
            node.required("items").forEach(item -> items.add(item(item)));
            DatasetVersion version = DatasetVersion.of(items);
            requireId(version, node.required("id").asString());
            return version;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The data set version is damaged: it is not the JSON that was stored. Train on its folder again.",
                    e);
        }
    }

    private static void requireId(DatasetVersion version, String stated) {
        if (!version.id().equals(stated)) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The data set version %s was changed: its content has the id %s. Ingest the folder again."
                            .formatted(stated, version.id()));
        }
    }

    private static ObjectNode tree(Item item) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("content_hash", item.contentHash());
        node.put("label", item.label());
        node.put("split", item.split().label());
        node.put("path", item.path());
        node.put("width", item.width());
        node.put("height", item.height());
        node.put("format", item.format().name());
        item.look().ifPresent(look -> node.put("look", look.toString()));
        return node;
    }

    private static Item item(JsonNode node) {
        return new Item(
                node.required("content_hash").asString(),
                node.required("label").asString(),
                Split.ofLabel(node.required("split").asString()),
                node.required("path").asString(),
                node.required("width").asInt(),
                node.required("height").asInt(),
                ImageFormat.valueOf(node.required("format").asString()),
                node.has("look")
                        ? Optional.of(PerceptualHash.parse(node.get("look").asString()))
                        : Optional.empty());
    }
}
