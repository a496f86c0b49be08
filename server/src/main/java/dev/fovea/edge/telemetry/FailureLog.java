package dev.fovea.edge.telemetry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes failures of requests to the log, with their cause. What is known about the request is attached as key-value
 * pairs, which the log as JSON and error reports have.
 */
public final class FailureLog {

    private final Logger log;

    public FailureLog(Logger log) {
        this.log = log;
    }

    /** A request as the log names it. */
    public interface Subject {

        /** In front of the message. */
        String text();

        /** What is attached, by names such as {@code request_id}. */
        Map<String, String> pairs();
    }

    /** A failure that another exception brought about; others are the caller's to read. */
    public void known(FoveaException failure, Subject request) {
        Throwable cause = failure.getCause();
        if (cause == null) {
            return;
        }
        Level level = switch (failure.code().blame()) {
            case CALLER, INPUT, CAPACITY -> Level.WARN;
            case MODEL, SERVER -> Level.ERROR;
        };
        with(about(level, request, failure.code()), failure.context())
                .setCause(cause)
                .log("{} {}: {}", request.text(), failure.code(), failure.getMessage());
    }

    /** A failure that no room expected. */
    public void unexpected(Exception failure, Subject request) {
        about(Level.ERROR, request, ErrorCode.INTERNAL)
                .setCause(failure)
                .log("{} {}: an unexpected failure", request.text(), ErrorCode.INTERNAL);
    }

    private LoggingEventBuilder about(Level level, Subject request, ErrorCode code) {
        return with(log.atLevel(level), request.pairs()).addKeyValue("code", code.name());
    }

    private static LoggingEventBuilder with(LoggingEventBuilder event, Map<String, ?> pairs) {
        LoggingEventBuilder all = event;
        for (Map.Entry<String, ?> pair : pairs.entrySet()) {
            all = all.addKeyValue(pair.getKey(), pair.getValue());
        }
        return all;
    }
}
