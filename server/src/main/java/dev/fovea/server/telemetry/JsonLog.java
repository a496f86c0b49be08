package dev.fovea.server.telemetry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.LoggerFactory;

/** The log as one JSON object per line, with the key-value pairs of an event as fields. */
final class JsonLog {

    private static final String APPENDER = "STDERR";
    private static final String LEFT_OUT = "[ignore]";

    private final OutputStreamAppender<ILoggingEvent> appender;
    private final Encoder<ILoggingEvent> before;

    private JsonLog(OutputStreamAppender<ILoggingEvent> appender) {
        this.appender = appender;
        this.before = appender.getEncoder();
    }

    /** Writes JSON from now on. */
    static JsonLog begin() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Appender<ILoggingEvent> found =
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER);
        if (!(found instanceof OutputStreamAppender<ILoggingEvent> appender)) {
            throw new IllegalStateException("logback.xml has no appender " + APPENDER);
        }
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context);
        LogstashFieldNames names = new LogstashFieldNames();
        names.setTimestamp("time");
        names.setVersion(LEFT_OUT);
        names.setLevelValue(LEFT_OUT);
        names.setLogger("logger");
        names.setThread("thread");
        encoder.setFieldNames(names);
        encoder.setTimeZone("UTC");
        encoder.start();
        JsonLog log = new JsonLog(appender);
        appender.setEncoder(encoder);
        return log;
    }

    /** Writes text again. */
    void end() {
        appender.setEncoder(before);
    }
}
