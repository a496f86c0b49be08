package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.monitoring.AssistanceRecorder;
import dev.fovea.monitoring.objectives.history.ServiceLevelRecorder;
import dev.fovea.registry.Cascade;
import dev.fovea.registry.ModelRef;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.RoutedPrediction;
import dev.fovea.serving.routing.Escalation;
import dev.fovea.serving.routing.RoutedResponse;
import dev.fovea.serving.routing.RoutingListener;
import dev.fovea.traffic.PredictionStream;

/**
 * Reports to monitoring what cascades and fallbacks do, and responses to the stream of predictions. The history of
 * service levels counts what the caller sees: a fallback's response is an answer, and an escalation takes longer.
 */
final class AssistanceJournal implements RoutingListener {

    private static final double MICROS = 1e6;

    private final AssistanceRecorder recorder;
    private final ServiceLevelRecorder levels;
    private final PredictionStream stream;

    AssistanceJournal(AssistanceRecorder recorder, ServiceLevelRecorder levels, PredictionStream stream) {
        this.recorder = recorder;
        this.levels = levels;
        this.stream = stream;
    }

    @Override
    public void cascaded(String model, Cascade cascade, Escalation escalation) {
        switch (escalation) {
            case Escalation.NotEscalated() -> recorder.sure(model, cascade);
            case Escalation.Escalated(boolean agreed) -> recorder.escalated(model, cascade, agreed);
            case Escalation.EscalationFailed(ErrorCode code) -> recorder.escalationFailed(model, cascade, code);
        }
    }

    @Override
    public void fellBack(String model, ErrorCode reason) {
        recorder.fellBack(model, reason);
    }

    @Override
    public void responded(PredictionRequest request, RoutedResponse response) {
        stream.offer(request, response);
        String model = response.requested();
        if (!model.startsWith(ModelRef.REMOTE_PREFIX)) {
            response.fallback().ifPresent(code -> levels.fellBack(model, code, response.nanos()));
            if (!(response.escalation() instanceof Escalation.NotEscalated)) {
                response.own().ifPresent(own -> levels.retimed(model, own.nanos(), response.nanos()));
            }
            if (response.prediction() instanceof RoutedPrediction.ByRemote remote) {
                levels.called(model, Math.round(remote.prediction().cost() * MICROS));
            }
        }
    }
}
