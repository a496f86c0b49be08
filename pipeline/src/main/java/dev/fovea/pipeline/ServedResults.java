package dev.fovea.pipeline;

import dev.fovea.evaluation.Progress;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.runtime.Deadline;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.PictureRequest;
import dev.fovea.runtime.Result;
import dev.fovea.runtime.RuntimeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a model of any task answers on pictures, through the serving path. */
final class ServedResults {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Workshop workshop;
    private final List<Path> pictures;
    private final Progress progress;

    ServedResults(Workshop workshop, List<Path> pictures, Progress progress) {
        this.workshop = workshop;
        this.pictures = pictures;
        this.progress = progress;
    }

    List<Path> pictures() {
        return pictures;
    }

    /** The same of the network that others are held against, which must answer enough of them. */
    List<Optional<Result>> ofOriginal(Bundle bundle) {
        List<Optional<Result>> results = of(bundle);
        QuantizationPictures.requireEnough(
                (int) results.stream().flatMap(Optional::stream).count(), "to prove with");
        return results;
    }

    /** In the pictures' order; empty for those that are refused. */
    List<Optional<Result>> of(Bundle bundle) {
        try (LoadedModel model = LoadedModel.load(
                workshop.engine(), bundle, RuntimeSettings.forThisMachine(), workshop.workers(), () -> {})) {
            List<Optional<Result>> results = new ArrayList<>();
            for (Path picture : pictures) {
                results.add(result(model, Draft.read(picture)));
                progress.at(results.size(), pictures.size());
            }
            return results;
        }
    }

    private static Optional<Result> result(LoadedModel model, byte[] picture) {
        try {
            return Optional.of(model.predict(new PictureRequest(picture, Deadline.in(LIMIT)))
                    .result());
        } catch (FoveaException e) {
            return Optional.empty();
        }
    }
}
