package dev.fovea.pipeline.search;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The networks that a search starts from: those that were added to the home, and imported classifiers. What was trained
 * here is left out, as it may have learned from images that it would be judged on.
 */
public final class BackbonePool {

    private static final String ENDING = ".onnx";
    private static final String CLASSIFICATION = "classification";

    private final JobTools tools;
    private final Backbones backbones;

    public BackbonePool(JobTools tools, Backbones backbones) {
        this.tools = tools;
        this.backbones = backbones;
    }

    /**
     * The stated networks, or all of the home; the smallest first, each once.
     *
     * @param notes hears of networks of the home that cannot be used, in sentences
     * @throws FoveaException {@code ARGUMENT_INVALID} where there is none, and for a stated one the errors of
     *     {@link Backbones#resolve}
     */
    public List<Backbone> of(List<String> stated, Consumer<String> notes) {
        List<Backbone> all = stated.isEmpty()
                ? home(notes)
                : stated.stream()
                        .map(BackboneReference::of)
                        .map(backbones::resolve)
                        .toList();
        if (all.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A search starts from networks with learned weights, and the home has none. Add one with fovea backbones add efficientnet-lite0, or name one with from.");
        }
        Map<String, Backbone> byContent = new LinkedHashMap<>();
        all.forEach(backbone -> byContent.putIfAbsent(backbone.sha256(), backbone));
        return byContent.values().stream()
                .sorted(Comparator.comparingInt(
                                (Backbone backbone) -> backbone.model().size())
                        .thenComparing(Backbone::name))
                .toList();
    }

    private List<Backbone> home(Consumer<String> notes) {
        List<String> names = new ArrayList<>(added());
        tools.registry().models().stream()
                .flatMap(model -> model.alias(Alias.PRODUCTION).or(model::latest).stream())
                .filter(version -> version.registration().task().equals(CLASSIFICATION)
                        && version.lineage().dataset().isEmpty())
                .map(ModelVersion::id)
                .map(Object::toString)
                .forEach(names::add);
        List<Backbone> usable = new ArrayList<>();
        for (String name : names) {
            try {
                usable.add(backbones.resolve(BackboneReference.of(name)));
            } catch (FoveaException e) {
                notes.accept("%s is not searched: %s".formatted(name, e.getMessage()));
            }
        }
        return usable;
    }

    private List<String> added() {
        Path folder = tools.backbones();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED, "%s cannot be read: %s.".formatted(folder, e.getMessage()), e);
        }
    }
}
