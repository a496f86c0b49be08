package dev.fovea.server.telemetry;

import dev.fovea.config.telemetry.TelemetrySettings;
import dev.fovea.edge.telemetry.RequestTracer;
import dev.fovea.traffic.PredictionStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What the settings say about the log, traces and error reports. Without settings nothing is sent to anybody, and the
 * libraries for it are not loaded. To be closed after what logs.
 */
public final class Telemetry implements AutoCloseable {

    private final Optional<TraceExport> traces;
    private final Deque<Runnable> closing = new ArrayDeque<>();

    private Telemetry(TelemetrySettings settings, String instance) {
        if (settings.log().json()) {
            JsonLog log = JsonLog.begin();
            closing.push(log::end);
        }
        settings.sentry().dsn().ifPresent(dsn -> {
            ErrorReports reports = ErrorReports.begin(dsn, settings.sentry().environment());
            closing.push(reports::end);
        });
        this.traces = settings.tracing()
                .endpoint()
                .map(endpoint -> TraceExport.begin(endpoint, settings.tracing().sampleRatio(), instance));
        traces.ifPresent(export -> closing.push(export::end));
    }

    /**
     * Begins what the settings ask for.
     *
     * @param instance the name of this server among others
     */
    public static Telemetry begin(TelemetrySettings settings, String instance) {
        return new Telemetry(settings, instance);
    }

    /** What begins traces of requests; empty where none is asked for. */
    public Optional<RequestTracer> tracer() {
        return traces.map(RequestTracer.class::cast);
    }

    /** Adds the stages of predictions to traces. */
    public void follow(PredictionStream predictions) {
        traces.ifPresent(export -> predictions.subscribe("The export of traces", model -> false, export::add));
    }

    /** Sends what waits, for two seconds at most. */
    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
