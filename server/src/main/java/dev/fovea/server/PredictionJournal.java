package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.monitoring.Observation;
import dev.fovea.monitoring.Outcome;
import dev.fovea.monitoring.Recorder;
import dev.fovea.monitoring.StageNanos;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.Timings;
import dev.fovea.serving.PredictionListener;

/** Tells monitoring of each request. */
final class PredictionJournal implements PredictionListener {

    private final Recorder recorder;

    PredictionJournal(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void answered(VersionId version, Prediction prediction, long nanos) {
        Timings timings = prediction.timings();
        StageNanos stages = new StageNanos(
                timings.decode(), timings.preprocess(), timings.queue(), timings.infer(), timings.postprocess(), nanos);
        recorder.record(new Observation(
                version,
                new Outcome.Answered(
                        prediction.best().label(),
                        prediction.best().confidence(),
                        stages,
                        prediction.picture().width(),
                        prediction.picture().height(),
                        prediction.picture().format().name())));
    }

    @Override
    public void failed(VersionId version, ErrorCode code) {
        recorder.record(new Observation(version, new Outcome.Failed(code)));
    }
}
