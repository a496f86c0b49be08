package dev.fovea.pipeline.cascade;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.evaluation.LearnedImages;
import dev.fovea.pipeline.jobs.ImageSource;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelRef;
import dev.fovea.registry.ModelVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The training images of the two models of a cascade, as far as this home knows them. */
final class CascadeLearning {

    private CascadeLearning() {}

    /**
     * Evaluation images.
     *
     * @param unknown versions or services with unknown training data
     */
    record Images(CascadeImages images, List<String> unknown) {
        Images {
            unknown = List.copyOf(unknown);
        }
    }

    /**
     * The images of a folder or image list that neither model learned from; throws as {@link CascadeImages#read} does.
     */
    static Images images(JobTools tools, String data, ModelVersion small, ModelRef larger) {
        Set<String> learned = new HashSet<>();
        List<String> unknown = new ArrayList<>();
        add(tools, small, learned, unknown);
        switch (larger) {
            case ModelRef.Local(String model) -> add(tools, production(tools, model), learned, unknown);
            case ModelRef.Remote ignored -> unknown.add(larger.toString());
        }
        return new Images(
                CascadeImages.read(ImageSource.of(data, "", tools.datasets()), small.labels(), learned), unknown);
    }

    private static void add(JobTools tools, ModelVersion version, Set<String> learned, List<String> unknown) {
        Optional<Set<String>> known = LearnedImages.of(version, tools.datasets());
        known.ifPresentOrElse(learned::addAll, () -> unknown.add(version.id().toString()));
    }

    /** The version that serves the larger model. */
    static ModelVersion production(JobTools tools, String name) {
        return tools.registry()
                .model(name)
                .alias(Alias.PRODUCTION)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_NOT_SERVED,
                        "%s has no version in production. Promote one: fovea promote %s VERSION."
                                .formatted(name, name)));
    }
}
