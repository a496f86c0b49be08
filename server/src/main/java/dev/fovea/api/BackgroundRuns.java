package dev.fovea.api;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.quantize.calibration.QuantizationProgress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Long runs of one kind that are begun over HTTP, one at a time, beside serving. The last {@value #REMEMBERED} are
 * remembered until the server stops. Thread-safe: a run works on a thread of its own, and changes what is remembered
 * under this object's lock.
 *
 * @param <O> what is asked for
 * @param <R> what comes out
 */
final class BackgroundRuns<O, R> {

    static final int REMEMBERED = 20;

    private static final Logger LOG = LoggerFactory.getLogger("fovea");

    private final Kind<O> kind;
    private final Work<O, R> work;
    private final InstantSource clock;
    /** The newest first; guarded by this. */
    private final Deque<Run<O, R>> runs = new ArrayDeque<>();
    /** Runs that are to end at their next step; guarded by this. */
    private final Set<String> unwanted = new HashSet<>();

    /**
     * What the runs are, in messages.
     *
     * @param noun as {@code evaluation}
     * @param participle as {@code evaluated}
     * @param subject of an order, as {@code shirts:2}
     */
    record Kind<O>(String noun, String participle, Function<O, String> subject) {}

    /** What a run does. */
    @FunctionalInterface
    interface Work<O, R> {

        /** Returns the result; {@code CANCELLED} when the progress throws that. */
        R run(O order, QuantizationProgress progress);
    }

    /** How far a run has come. */
    enum State {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far the running step has come. */
    record Step(String name, int done, int of) {}

    /** Why a run has no result. */
    record Failure(ErrorCode code, String message) {}

    /**
     * One run.
     *
     * @param ended empty while it runs
     * @param result of one that is done
     * @param failure of one that failed or was cancelled
     */
    record Run<O, R>(
            String id,
            O order,
            State state,
            Instant started,
            Optional<Instant> ended,
            Step step,
            Optional<R> result,
            Optional<Failure> failure) {

        /** Why it did not end well, for people. */
        Optional<String> message() {
            return failure.map(why -> state == State.CANCELLED ? why.message() : why.code() + ": " + why.message());
        }

        private Run<O, R> at(Step next) {
            return new Run<>(id, order, state, started, ended, next, result, failure);
        }

        private Run<O, R> ended(State next, Instant when, Optional<R> found, Optional<Failure> why) {
            return new Run<>(id, order, next, started, Optional.of(when), step, found, why);
        }
    }

    BackgroundRuns(Kind<O> kind, Work<O, R> work, InstantSource clock) {
        this.kind = kind;
        this.work = work;
        this.clock = clock;
    }

    /** Begins one; {@code STATE_CONFLICT} while another runs. */
    synchronized Run<O, R> start(String id, O order) {
        runs.stream().filter(run -> run.state() == State.RUNNING).findFirst().ifPresent(run -> {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "%s is being %s, and only one version can be at a time. Wait until it is done."
                            .formatted(kind.subject().apply(run.order()), kind.participle()));
        });
        Run<O, R> run = new Run<>(
                id,
                order,
                State.RUNNING,
                clock.instant(),
                Optional.empty(),
                new Step("preparation", 0, 1),
                Optional.empty(),
                Optional.empty());
        runs.addFirst(run);
        if (runs.size() > REMEMBERED) {
            runs.removeLast();
        }
        Thread.ofPlatform().name(kind.noun()).daemon().start(() -> work(run));
        return run;
    }

    /** The remembered runs, the newest first. */
    synchronized List<Run<O, R>> recent() {
        return List.copyOf(runs);
    }

    /** A remembered run. */
    Optional<Run<O, R>> find(String id) {
        return recent().stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /** A remembered run; {@code NOT_FOUND} if it is not. */
    Run<O, R> run(String id) {
        return find(id).orElseThrow(() -> new FoveaException(
                ErrorCode.NOT_FOUND,
                "There is no %s \"%s\"; a server remembers its last %d.".formatted(kind.noun(), id, REMEMBERED)));
    }

    /** Ends one at its next step; {@code STATE_CONFLICT} for one that does not run. */
    synchronized void cancel(String id) {
        if (find(id).filter(run -> run.state() == State.RUNNING).isEmpty()) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "The %s \"%s\" has ended: there is nothing to cancel.".formatted(kind.noun(), id));
        }
        unwanted.add(id);
    }

    private void at(Run<O, R> run, Step step) {
        synchronized (this) {
            if (unwanted.contains(run.id())) {
                throw new FoveaException(ErrorCode.CANCELLED, "It was cancelled.");
            }
        }
        update(run, old -> old.at(step));
    }

    private void work(Run<O, R> run) {
        try {
            R result = work.run(run.order(), (step, done, of) -> at(run, new Step(step, done, of)));
            end(run, State.DONE, Optional.of(result), Optional.empty());
        } catch (FoveaException e) {
            end(
                    run,
                    e.code() == ErrorCode.CANCELLED ? State.CANCELLED : State.FAILED,
                    Optional.empty(),
                    Optional.of(new Failure(e.code(), String.valueOf(e.getMessage()))));
        } catch (RuntimeException | Error e) {
            LOG.error("{} of {} failed", kind.noun(), kind.subject().apply(run.order()), e);
            end(
                    run,
                    State.FAILED,
                    Optional.empty(),
                    Optional.of(new Failure(ErrorCode.INTERNAL, "It failed by a fault of the program. See the log.")));
        }
    }

    private void end(Run<O, R> run, State state, Optional<R> result, Optional<Failure> why) {
        update(run, old -> old.ended(state, clock.instant(), result, why));
        synchronized (this) {
            unwanted.remove(run.id());
        }
    }

    private synchronized void update(Run<O, R> run, UnaryOperator<Run<O, R>> change) {
        List<Run<O, R>> all = List.copyOf(runs);
        runs.clear();
        all.forEach(one -> runs.addLast(one.id().equals(run.id()) ? change.apply(one) : one));
    }
}
