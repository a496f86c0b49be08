package dev.fovea.server;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.ModelQuantization;
import dev.fovea.pipeline.QuantizationOrder;
import dev.fovea.quantize.QuantizationReport;
import dev.fovea.registry.ModelVersion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quantizations that this server was asked for, one at a time, beside its serving. The last ones are remembered until
 * it stops; what became of all of them is in the journal and in the versions. Thread-safe.
 */
final class Quantizations {

    private static final Logger LOG = LoggerFactory.getLogger("fovea");
    private static final int REMEMBERED = 20;

    private final ModelQuantization quantization;
    private final InstantSource clock;
    /** The newest first; guarded by this. */
    private final Deque<Run> runs = new ArrayDeque<>();
    /** Runs that are to end at their next step; guarded by this. */
    private final Set<String> unwanted = new HashSet<>();

    /** How far a run has come. */
    enum State {
        RUNNING,
        REGISTERED,
        REFUSED,
        FAILED,
        CANCELLED
    }

    /**
     * One run.
     *
     * @param step what is being done, in words, with how many parts of how many done
     * @param registered the new version
     * @param message why there is none
     * @param report what was found out; absent before the end and after a failure
     */
    record Run(
            String id,
            QuantizationOrder order,
            State state,
            Instant started,
            Optional<Instant> ended,
            Step step,
            Optional<Integer> registered,
            Optional<String> message,
            Optional<QuantizationReport> report) {

        Run at(Step next) {
            return new Run(id, order, state, started, ended, next, registered, message, report);
        }

        Run ended(
                State next,
                Instant when,
                Optional<Integer> version,
                Optional<String> why,
                Optional<QuantizationReport> found) {
            return new Run(id, order, next, started, Optional.of(when), step, version, why, found);
        }
    }

    /** How far a run has come. */
    record Step(String name, int done, int of) {}

    Quantizations(ModelQuantization quantization, InstantSource clock) {
        this.quantization = quantization;
        this.clock = clock;
    }

    /** Begins one; {@code STATE_CONFLICT} while another runs. */
    synchronized Run start(QuantizationOrder order) {
        runs.stream().filter(run -> run.state() == State.RUNNING).findFirst().ifPresent(run -> {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "%s:%d is being quantized, and only one can be at a time. Wait until it is done."
                            .formatted(run.order().name(), run.order().version()));
        });
        Run run = new Run(
                UlidCreator.getMonotonicUlid().toString(),
                order,
                State.RUNNING,
                clock.instant(),
                Optional.empty(),
                new Step("preparation", 0, 1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        runs.addFirst(run);
        if (runs.size() > REMEMBERED) {
            runs.removeLast();
        }
        Thread.ofPlatform().name("quantization").daemon().start(() -> work(run));
        return run;
    }

    synchronized List<Run> recent() {
        return List.copyOf(runs);
    }

    /** {@code NOT_FOUND} for one that is not remembered. */
    Run run(String id) {
        return recent().stream()
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "There is no quantization \"%s\"; a server remembers its last %d.".formatted(id, REMEMBERED)));
    }

    /** Ends one at its next step; {@code NOT_FOUND}, {@code STATE_CONFLICT} for one that has ended. */
    synchronized Run cancel(String id) {
        Run run = run(id);
        if (run.state() != State.RUNNING) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "The quantization \"%s\" has ended (%s): there is nothing to cancel."
                            .formatted(id, run.state().name().toLowerCase(Locale.ROOT)));
        }
        unwanted.add(id);
        return run;
    }

    private void at(Run run, Step step) {
        synchronized (this) {
            if (unwanted.contains(run.id())) {
                throw new FoveaException(ErrorCode.CANCELLED, "It was cancelled.");
            }
        }
        update(run, old -> old.at(step));
    }

    private void work(Run run) {
        try {
            ModelQuantization.Result result =
                    quantization.run(run.order(), (step, done, of) -> at(run, new Step(step, done, of)));
            end(
                    run,
                    result.version().isPresent() ? State.REGISTERED : State.REFUSED,
                    result.version().map(ModelVersion::number),
                    result.refused(),
                    Optional.of(result.verdict().report()));
        } catch (FoveaException e) {
            State state = e.code() == ErrorCode.CANCELLED
                    ? State.CANCELLED
                    : e.code() == ErrorCode.STATE_CONFLICT ? State.REFUSED : State.FAILED;
            end(
                    run,
                    state,
                    Optional.empty(),
                    Optional.of(state == State.FAILED ? e.code() + ": " + e.getMessage() : e.getMessage()),
                    Optional.empty());
        } catch (RuntimeException | Error e) {
            LOG.error("quantizing {}:{} failed", run.order().name(), run.order().version(), e);
            end(
                    run,
                    State.FAILED,
                    Optional.empty(),
                    Optional.of(ErrorCode.INTERNAL + ": It failed by a fault of the program. See the log."),
                    Optional.empty());
        }
    }

    private void end(
            Run run,
            State state,
            Optional<Integer> version,
            Optional<String> why,
            Optional<QuantizationReport> report) {
        update(run, old -> old.ended(state, clock.instant(), version, why, report));
        synchronized (this) {
            unwanted.remove(run.id());
        }
    }

    private synchronized void update(Run run, UnaryOperator<Run> change) {
        List<Run> all = List.copyOf(runs);
        runs.clear();
        all.forEach(one -> runs.addLast(one.id().equals(run.id()) ? change.apply(one) : one));
    }
}
