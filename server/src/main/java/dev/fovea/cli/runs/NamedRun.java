package dev.fovea.cli.runs;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.run.RunRecord;
import dev.fovea.pipeline.run.RunStore;
import dev.fovea.pipeline.run.TrainingRuns;
import java.util.Optional;

/** A run as people name it: by its id, or by the version that it registered. */
final class NamedRun {

    private static final int LOOKED_AT = 500;

    private NamedRun() {}

    /** With its curves; {@code NOT_FOUND} if there is none. */
    static RunRecord of(TrainingRuns runs, String name) {
        int colon = name.lastIndexOf(':');
        if (colon < 0) {
            return runs.run(name);
        }
        String model = name.substring(0, colon);
        String version = name.substring(colon + 1);
        return runs.newest(new RunStore.RunFilter(Optional.of(model), Optional.empty()), LOOKED_AT).stream()
                .filter(run -> run.subject()
                        .version()
                        .map(Object::toString)
                        .filter(version::equals)
                        .isPresent())
                .findFirst()
                .map(run -> runs.run(run.id()))
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "No run of %s is on record that registered version %s. fovea runs --model %s lists them."
                                .formatted(model, version, model)));
    }
}
