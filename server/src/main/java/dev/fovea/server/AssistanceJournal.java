package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.monitoring.AssistanceRecorder;
import dev.fovea.registry.Cascade;
import dev.fovea.serving.routing.Escalation;
import dev.fovea.serving.routing.RoutingListener;

/** Reports to monitoring what cascades and fallbacks do. */
final class AssistanceJournal implements RoutingListener {

    private final AssistanceRecorder recorder;

    AssistanceJournal(AssistanceRecorder recorder) {
        this.recorder = recorder;
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
}
