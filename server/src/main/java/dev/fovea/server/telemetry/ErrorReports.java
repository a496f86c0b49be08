package dev.fovea.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import dev.fovea.config.ProgramVersion;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.protocol.Message;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * Reports what the log has as an error to a server that speaks Sentry's protocol: the message, the stack trace and the
 * event's key-value pairs. No image, header or body of a request is in it. Reports are sent in the background; what is
 * more than the sender's queue holds, or than {@value #MAX_PER_MINUTE} a minute, is left out.
 */
final class ErrorReports extends AppenderBase<ILoggingEvent> {

    private static final int MAX_PER_MINUTE = 60;
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int CLOSE_MILLIS = 2000;

    /** By which reports are searched; the other pairs are shown only. */
    private static final List<String> TAGS =
            List.of("request_id", "code", "http_method", "transport", "model", "version", "contract", "image_format");

    private final Logger root;
    private long minute = System.nanoTime(); // as what follows, guarded by the appender's lock
    private int inMinute;
    private int leftOut;

    private ErrorReports(Logger root) {
        this.root = root;
    }

    /** Reports from now on. */
    static ErrorReports begin(String dsn, String environment) {
        Sentry.init(options -> {
            options.setDsn(dsn);
            options.setEnvironment(environment);
            options.setRelease("fovea@" + ProgramVersion.current());
            options.addInAppInclude("dev.fovea");
            options.setEnableExternalConfiguration(false); // what is sent follows from Fovea's settings only
            options.setEnableAutoSessionTracking(false);
            options.setEnableUncaughtExceptionHandler(false);
            options.setEnableShutdownHook(false);
            options.setSendModules(false);
            options.setMaxBreadcrumbs(0);
            options.setShutdownTimeoutMillis(CLOSE_MILLIS);
        });
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        ErrorReports reports = new ErrorReports(context.getLogger(Logger.ROOT_LOGGER_NAME));
        reports.setContext(context);
        reports.setName("SENTRY");
        reports.start();
        reports.root.addAppender(reports);
        return reports;
    }

    /** Sends what waits, for two seconds at most, and reports no more. */
    void end() {
        root.detachAppender(this);
        stop();
        Sentry.close();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR) && hasRoom()) {
            var _ = Sentry.captureEvent(report(event));
        }
    }

    private boolean hasRoom() {
        long now = System.nanoTime();
        if (now - minute >= MINUTE_NANOS) {
            minute = now;
            inMinute = 0;
        }
        if (inMinute == MAX_PER_MINUTE) {
            leftOut++;
            return false;
        }
        inMinute++;
        return true;
    }

    private SentryEvent report(ILoggingEvent event) {
        SentryEvent report = new SentryEvent(Date.from(event.getInstant()));
        report.setLevel(SentryLevel.ERROR);
        report.setLogger(event.getLoggerName());
        Message message = new Message();
        message.setMessage(event.getMessage()); // without values, so that equal failures are one issue
        message.setFormatted(event.getFormattedMessage());
        report.setMessage(message);
        if (event.getThrowableProxy() instanceof ThrowableProxy proxy) {
            report.setThrowable(proxy.getThrowable());
        }
        Map<String, Object> request = new TreeMap<>();
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> request.put(pair.key, pair.value));
        }
        TAGS.stream()
                .filter(request::containsKey)
                .forEach(name -> report.setTag(name, String.valueOf(request.get(name))));
        if (leftOut > 0) {
            request.put("reports_left_out_before", leftOut);
            leftOut = 0;
        }
        if (!request.isEmpty()) {
            report.getContexts().put("fovea", request);
        }
        return report;
    }
}
