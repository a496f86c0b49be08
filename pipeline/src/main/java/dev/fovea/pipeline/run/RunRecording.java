package dev.fovea.pipeline.run;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.run.MetricCurve.MetricPoint;
import dev.fovea.registry.ModelVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Puts a run on record while it goes on. What cannot be written is tried again with the next save; a record never ends
 * a training. Thread-safe: a lock guards all state, and saves are made under it.
 */
public final class RunRecording {

    /** Runs without a version that are kept. */
    private static final int KEPT = 500;

    private static final Duration SAVE_EVERY = Duration.ofSeconds(2);
    private static final System.Logger LOG = System.getLogger("fovea");

    private final RunStore store;
    private final InstantSource clock;
    private final String id = UlidCreator.getMonotonicUlid().toString();
    private final Map<String, String> params;
    private final Map<String, Double> metrics = new HashMap<>();
    private final Map<String, String> tags;
    private final Map<String, CurveSampling> curves = new LinkedHashMap<>();
    private RunSubject subject;
    private RunStatus status;
    private Instant saved;

    private RunRecording(
            RunStore store,
            InstantSource clock,
            RunSubject subject,
            Map<String, String> params,
            Map<String, String> tags) {
        this.store = store;
        this.clock = clock;
        this.subject = subject;
        this.params = new HashMap<>(params);
        this.tags = new HashMap<>(tags);
        this.status = new RunStatus(RunStatus.RunState.RUNNING, now(), Optional.empty(), "");
        this.saved = status.started();
    }

    /** A run that begins now. */
    public static RunRecording begin(
            RunStore store, RunSubject subject, Map<String, String> params, Map<String, String> tags) {
        RunRecording recording = new RunRecording(store, InstantSource.system(), subject, params, tags);
        recording.begun();
        return recording;
    }

    private synchronized void begun() {
        save();
        tried(() -> store.prune(KEPT));
    }

    /** A value of a metric while it learns. */
    public synchronized void point(String metric, MetricPoint point) {
        if (Double.isFinite(point.value())) {
            curves.computeIfAbsent(metric, CurveSampling::new).add(point);
        }
        if (Duration.between(saved, now()).compareTo(SAVE_EVERY) >= 0) {
            save();
        }
    }

    /** A figure that is no history. */
    public synchronized void metric(String name, double value) {
        metrics.put(name, value);
    }

    /** A tag that is known only now. */
    public synchronized void tag(String name, String value) {
        tags.put(name, value);
    }

    /**
     * Does the work of the run and records how it ended.
     *
     * @param version what the work registered
     * @return what the work gave; what it throws is recorded and thrown
     */
    public <T> T during(Supplier<T> work, Function<T, ModelVersion> version) {
        return attempt(work, result -> Optional.of(version.apply(result)));
    }

    /** The same for work that may end well without a version. */
    public <T> T attempt(Supplier<T> work, Function<T, Optional<ModelVersion>> version) {
        try {
            T result = work.get();
            version.apply(result).ifPresentOrElse(this::ended, () -> ended(RunStatus.RunState.DONE, ""));
            return result;
        } catch (FoveaException e) {
            ended(
                    e.code() == ErrorCode.CANCELLED ? RunStatus.RunState.CANCELLED : RunStatus.RunState.FAILED,
                    e.code() == ErrorCode.CANCELLED ? "" : "%s: %s".formatted(e.code(), e.getMessage()));
            throw e;
        } catch (RuntimeException | Error e) {
            ended(RunStatus.RunState.FAILED, "%s: a fault in the program. See the log.".formatted(ErrorCode.INTERNAL));
            throw e;
        }
    }

    private synchronized void ended(ModelVersion version) {
        subject = subject.withVersion(version.number());
        params.putAll(version.lineage().settings());
        metrics.putAll(version.registration().quality().metrics());
        ended(RunStatus.RunState.DONE, "");
    }

    private synchronized void ended(RunStatus.RunState state, String message) {
        status = new RunStatus(state, status.started(), Optional.of(now()), message);
        save();
    }

    private void save() {
        saved = now();
        List<MetricCurve> drawn =
                curves.values().stream().map(CurveSampling::curve).toList();
        tried(() -> store.save(new RunRecord(id, subject, status, params, metrics, tags, drawn)));
    }

    private static void tried(Runnable storing) {
        try {
            storing.run();
        } catch (FoveaException e) {
            LOG.log(System.Logger.Level.DEBUG, "A run is not on record as it stands", e);
        }
    }

    /** To the microsecond, as in the stores. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
