package dev.fovea.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.json.Json;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.DecoderConfigJson;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.model.json.PreprocessingContractJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.StdConverter;

/** {@code bundle.json}: written in one fixed order so that equal manifests have equal bytes. */
final class ManifestJson {

    private static final Json JSON =
            Json.of("bundle", ErrorCode.BUNDLE_CORRUPT).with(mapper -> mapper.addMixIn(Box.class, BoxCorners.class));

    /** A manifest as it is written: its subject and its postprocessing are fields of the document itself. */
    private record ManifestDocument(
            @JsonUnwrapped Subject subject,
            @JsonUnwrapped OutputFields outputs,
            Optional<ObjectNode> evaluation,
            Lineage lineage,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<GoldenVector> golden,

            SortedMap<String, String> files) {}

    private record Subject(String name, Task task, List<String> labels, Optional<ObjectNode> contract) {}

    /** What the task needs of these; a missing output is the graph's first. */
    private record OutputFields(
            Optional<String> output,
            Optional<Activation> activation,
            Optional<Double> temperature,
            Optional<Double> threshold,
            Optional<ObjectNode> decoder,
            Optional<String> heatMap,
            Optional<List<TaskHead>> heads) {

        static OutputFields of(Postprocessing postprocessing) {
            Optional<String> output = Optional.empty();
            Optional<Activation> activation = Optional.empty();
            Optional<Double> temperature = Optional.empty();
            Optional<Double> threshold = Optional.empty();
            Optional<ObjectNode> decoder = Optional.empty();
            Optional<String> heatMap = Optional.empty();
            Optional<List<TaskHead>> heads = Optional.empty();
            switch (postprocessing) {
                case Postprocessing.OneLabel one -> {
                    output = one.output();
                    activation = Optional.of(one.activation());
                    temperature = Optional.of(one.temperature());
                    heatMap = one.heatMap();
                }
                case Postprocessing.MultiLabel labels -> {
                    output = labels.output();
                    activation = Optional.of(labels.activation());
                    threshold = Optional.of(labels.threshold());
                }
                case Postprocessing.MultiTask tasks -> heads = Optional.of(tasks.heads());
                case Postprocessing.Decoding objects ->
                    decoder = Optional.of(DecoderConfigJson.tree(objects.decoder()));
                case Postprocessing.Embedding embedding -> output = embedding.output();
                case Postprocessing.Tensors() -> {}
            }
            return new OutputFields(output, activation, temperature, threshold, decoder, heatMap, heads);
        }

        Postprocessing of(Task task) {
            return switch (task) {
                case CLASSIFICATION ->
                    new Postprocessing.OneLabel(
                            output, required("activation", activation), required("temperature", temperature), heatMap);
                case MULTI_LABEL ->
                    new Postprocessing.MultiLabel(
                            output, required("activation", activation), required("threshold", threshold));
                case MULTI_TASK -> new Postprocessing.MultiTask(required("heads", heads));
                case DETECTION, INSTANCE_SEGMENTATION, SEGMENTATION, TEXT_DETECTION ->
                    new Postprocessing.Decoding(DecoderConfigJson.read(required("decoder", decoder)));
                case EMBEDDING -> new Postprocessing.Embedding(output);
                case TENSORS -> new Postprocessing.Tensors();
            };
        }

        private static <T> T required(String name, Optional<T> value) {
            return value.orElseThrow(() -> new IllegalArgumentException("bundle.%s is missing".formatted(name)));
        }
    }

    @JsonSerialize(converter = BoxList.class)
    @JsonDeserialize(converter = ListBox.class)
    private interface BoxCorners {}

    private static final class BoxList extends StdConverter<Box, List<Float>> {
        @Override
        public List<Float> convert(Box box) {
            return List.of(box.x1(), box.y1(), box.x2(), box.y2());
        }
    }

    private static final class ListBox extends StdConverter<List<Float>, Box> {
        @Override
        public Box convert(List<Float> corners) {
            if (corners.size() != 4) {
                throw new IllegalArgumentException("%s must be 4 numbers".formatted(corners));
            }
            return new Box(corners.get(0), corners.get(1), corners.get(2), corners.get(3));
        }
    }

    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        ManifestDocument document = new ManifestDocument(
                new Subject(
                        manifest.name(),
                        manifest.task(),
                        manifest.labels(),
                        manifest.contract().map(PreprocessingContractJson::tree)),
                OutputFields.of(manifest.postprocessing()),
                manifest.evaluation().map(text -> JSON.read(text, ObjectNode.class)),
                manifest.lineage(),
                manifest.golden(),
                manifest.files());
        return JSON.pretty(document).getBytes(StandardCharsets.UTF_8);
    }

    static Manifest read(byte[] json, String source) {
        try {
            ManifestDocument document = JSON.read(json, ManifestDocument.class);
            return new Manifest(
                    document.subject.name,
                    document.subject.labels,
                    document.subject.contract.map(PreprocessingContractJson::read),
                    document.outputs.of(document.subject.task),
                    document.evaluation.map(JSON::write),
                    document.lineage,
                    document.golden,
                    document.files);
        } catch (IllegalArgumentException e) {
            throw new FoveaException(
                    ErrorCode.BUNDLE_CORRUPT, "%s: %s. Register the model again.".formatted(source, e.getMessage()), e);
        } catch (FoveaException e) {
            throw new FoveaException(e.code(), "%s: %s Register the model again.".formatted(source, e.getMessage()), e);
        }
    }
}
