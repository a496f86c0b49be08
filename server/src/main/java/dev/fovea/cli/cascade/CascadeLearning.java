package dev.fovea.cli.cascade;

import dev.fovea.pipeline.evaluation.LearnedImages;
import dev.fovea.pipeline.jobs.ImageSource;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.OtherModel;
import dev.fovea.server.Application;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the two models of a cascade learned from, as far as this home knows. */
final class CascadeLearning {

    private CascadeLearning() {}

    /**
     * Images to judge by.
     *
     * @param unknown versions or services of which it is not known what they learned from
     */
    record Images(CascadeImages images, List<String> unknown) {
        Images {
            unknown = List.copyOf(unknown);
        }
    }

    /**
     * The images of a folder or data set version that neither model learned from; throws as {@link CascadeImages#read}
     * does.
     */
    static Images images(Application application, String data, ModelVersion small, OtherModel larger) {
        Set<String> learned = new HashSet<>();
        List<String> unknown = new ArrayList<>();
        add(application, small, learned, unknown);
        switch (larger) {
            case OtherModel.Here(String model) ->
                add(application, CascadeSide.production(application, model), learned, unknown);
            case OtherModel.Elsewhere ignored -> unknown.add(larger.toString());
        }
        return new Images(
                CascadeImages.read(ImageSource.of(data, "", application.home().datasets()), small.labels(), learned),
                unknown);
    }

    private static void add(Application application, ModelVersion version, Set<String> learned, List<String> unknown) {
        Optional<Set<String>> known =
                LearnedImages.of(version, application.home().datasets());
        known.ifPresentOrElse(learned::addAll, () -> unknown.add(version.id().toString()));
    }
}
