package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.monitoring.AssistanceRecorder;
import dev.fovea.registry.Cascade;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.routing.Escalation;
import dev.fovea.serving.routing.RoutedResponse;
import dev.fovea.serving.routing.RoutingListener;
import dev.fovea.traffic.PredictionStream;

/** Reports to monitoring what cascades and fallbacks do, and responses to the stream of predictions. */
final class AssistanceJournal implements RoutingListener {

    private final AssistanceRecorder recorder;
    private final PredictionStream stream;

    AssistanceJournal(AssistanceRecorder recorder, PredictionStream stream) {
        this.recorder = recorder;
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
    }
}
