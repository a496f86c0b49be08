package dev.fovea.model;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfigJson;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import dev.fovea.model.json.JsonFields;
import dev.fovea.model.json.PreprocessingContractJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code bundle.json}: written in one fixed order so that equal manifests have equal bytes. */
final class ManifestJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("name", manifest.name());
        node.put("task", JsonFields.word(manifest.task()));
        manifest.labels().forEach(node.putArray("labels")::add);
        manifest.contract().ifPresent(contract -> node.set("contract", PreprocessingContractJson.tree(contract)));
        postprocessing(node, manifest.postprocessing());
        manifest.evaluation().ifPresent(text -> node.set("evaluation", MAPPER.readTree(text)));
        node.set("lineage", lineage(manifest.lineage()));
        manifest.golden().forEach(vector -> golden(node.withArray("golden").addObject(), vector));
        manifest.files().forEach(node.putObject("files")::put);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
    }

    static Manifest read(byte[] json, String source) {
        try {
            return read(new JsonFields(MAPPER.readTree(json), "bundle", ErrorCode.BUNDLE_CORRUPT));
        } catch (JacksonException e) {
            throw new FoveaException(ErrorCode.BUNDLE_CORRUPT, source + " is not JSON. Register the model again.", e);
        } catch (IllegalArgumentException e) {
            throw new FoveaException(
                    ErrorCode.BUNDLE_CORRUPT, "%s: %s. Register the model again.".formatted(source, e.getMessage()), e);
        }
    }

    private static Manifest read(JsonFields fields) {
        List<GoldenVector> golden = new ArrayList<>();
        if (fields.has("golden")) {
            fields.array("golden").forEach(node -> golden.add(golden(node)));
        }
        return new Manifest(
                fields.text("name"),
                fields.texts("labels"),
                fields.has("contract")
                        ? Optional.of(PreprocessingContractJson.read(fields.node("contract")))
                        : Optional.empty(),
                postprocessing(fields),
                fields.has("evaluation")
                        ? Optional.of(MAPPER.writeValueAsString(fields.node("evaluation")))
                        : Optional.empty(),
                lineage(fields.object("lineage")),
                golden,
                texts(fields, "files"));
    }

    private static void postprocessing(ObjectNode node, Postprocessing postprocessing) {
        switch (postprocessing) {
            case Postprocessing.OneLabel(Optional<String> output, Activation activation, double temperature) -> {
                output.ifPresent(name -> node.put("output", name));
                node.put("activation", JsonFields.word(activation));
                node.put("temperature", temperature);
            }
            case Postprocessing.Labels(Optional<String> output, Activation activation, double threshold) -> {
                output.ifPresent(name -> node.put("output", name));
                node.put("activation", JsonFields.word(activation));
                node.put("threshold", threshold);
            }
            case Postprocessing.Objects(DecoderConfig decoder) -> node.set("decoder", DecoderConfigJson.tree(decoder));
            case Postprocessing.Embedding(Optional<String> output) ->
                output.ifPresent(name -> node.put("output", name));
            case Postprocessing.Tensors() -> {}
        }
    }

    private static Postprocessing postprocessing(JsonFields fields) {
        // bundles of older programs name no output: it is the first
        Optional<String> output = fields.has("output") ? Optional.of(fields.text("output")) : Optional.empty();
        return switch (fields.choice("task", Task.class)) {
            case CLASSIFICATION ->
                new Postprocessing.OneLabel(
                        output, fields.choice("activation", Activation.class), fields.number("temperature"));
            case MULTI_LABEL ->
                new Postprocessing.Labels(
                        output, fields.choice("activation", Activation.class), fields.number("threshold"));
            case DETECTION, INSTANCE_SEGMENTATION, SEGMENTATION, TEXT_DETECTION ->
                new Postprocessing.Objects(DecoderConfigJson.read(fields.node("decoder")));
            case EMBEDDING -> new Postprocessing.Embedding(output);
            case TENSORS -> new Postprocessing.Tensors();
        };
    }

    private static ObjectNode lineage(Lineage lineage) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("dataset", lineage.dataset());
        node.put("parent", lineage.parent());
        lineage.settings().forEach(node.putObject("settings")::put);
        node.put("code_version", lineage.codeVersion());
        node.put("machine", lineage.machine());
        node.put("training_seconds", lineage.trainingSeconds());
        return node;
    }

    private static Lineage lineage(JsonFields fields) {
        return new Lineage(
                fields.text("dataset"),
                fields.text("parent"),
                texts(fields, "settings"),
                fields.text("code_version"),
                fields.text("machine"),
                fields.number("training_seconds"));
    }

    private static void golden(ObjectNode node, GoldenVector vector) {
        node.put("image", vector.image());
        node.put("tensor_sha256", vector.tensorSha256());
        vector.output().forEach(node.putArray("output")::add);
        node.put("tolerance", vector.tolerance());
        if (!vector.tolerances().isEmpty()) {
            vector.tolerances().forEach(node.putObject("tolerances")::put);
        }
        vector.detections().ifPresent(detections -> {
            ArrayNode array = node.putArray("detections");
            detections.forEach(detection -> detection(array.addObject(), detection));
        });
    }

    private static void detection(ObjectNode node, GoldenDetection detection) {
        node.put("label", detection.label()).put("score", detection.score());
        ArrayNode box = node.putArray("box");
        box.add(detection.box().x1()).add(detection.box().y1());
        box.add(detection.box().x2()).add(detection.box().y2());
    }

    private static GoldenVector golden(JsonNode node) {
        JsonFields fields = new JsonFields(node, "bundle.golden", ErrorCode.BUNDLE_CORRUPT);
        List<Float> output =
                fields.numbers("output").stream().map(Double::floatValue).toList();
        return new GoldenVector(
                fields.text("image"),
                fields.text("tensor_sha256"),
                output,
                fields.number("tolerance"),
                tolerances(fields),
                fields.has("detections")
                        ? Optional.of(fields.array("detections").stream()
                                .map(ManifestJson::detection)
                                .toList())
                        : Optional.empty());
    }

    /** By part of the output; bundles of older programs have none. */
    private static SortedMap<String, Double> tolerances(JsonFields fields) {
        SortedMap<String, Double> tolerances = new TreeMap<>();
        if (fields.has("tolerances")) {
            JsonFields parts = fields.object("tolerances");
            fields.node("tolerances").propertyNames().forEach(part -> tolerances.put(part, parts.number(part)));
        }
        return tolerances;
    }

    private static GoldenDetection detection(JsonNode node) {
        JsonFields fields = new JsonFields(node, "bundle.golden.detections", ErrorCode.BUNDLE_CORRUPT);
        List<Double> box = fields.numbers("box");
        if (box.size() != 4) {
            throw fields.error("bundle.golden.detections.box has %d numbers; it must have 4".formatted(box.size()));
        }
        return new GoldenDetection(
                fields.integer("label"),
                fields.number("score"),
                new Box(
                        box.get(0).floatValue(),
                        box.get(1).floatValue(),
                        box.get(2).floatValue(),
                        box.get(3).floatValue()));
    }

    private static SortedMap<String, String> texts(JsonFields fields, String name) {
        SortedMap<String, String> texts = new TreeMap<>();
        JsonFields object = fields.object(name);
        fields.node(name).propertyNames().forEach(key -> texts.put(key, object.text(key)));
        return texts;
    }
}
