package dev.fovea.server;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.ModelEvaluation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluations that this server was asked for, one at a time, beside its serving. Those that ended well are in the
 * store; the last of the others are remembered until it stops. Thread-safe.
 */
final class EvaluationRuns {

    private static final Logger LOG = LoggerFactory.getLogger("fovea");
    private static final int REMEMBERED = 20;

    private final ModelEvaluation evaluation;
    private final InstantSource clock;
    /** The newest first; guarded by this. */
    private final Deque<Run> runs = new ArrayDeque<>();
    /** Runs that are to end at their next step; guarded by this. */
    private final Set<String> unwanted = new HashSet<>();

    /** How far a run has come. */
    enum State {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /** How far the running step has come. */
    record Step(String name, int done, int of) {}

    /** One run; the message says why it did not end well. */
    record Run(ModelEvaluation.Order order, State state, Instant started, Step step, Optional<String> message) {

        String id() {
            return order.id();
        }

        Run at(Step next) {
            return new Run(order, state, started, next, message);
        }

        Run ended(State next, Optional<String> why) {
            return new Run(order, next, started, step, why);
        }
    }

    EvaluationRuns(ModelEvaluation evaluation, InstantSource clock) {
        this.evaluation = evaluation;
        this.clock = clock;
    }

    /** Begins one; {@code STATE_CONFLICT} while another runs. */
    synchronized Run start(ModelEvaluation.Order order) {
        runs.stream().filter(run -> run.state() == State.RUNNING).findFirst().ifPresent(run -> {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "%s is being evaluated, and only one version can be at a time. Wait until it is done."
                            .formatted(run.order().version().id()));
        });
        Run run = new Run(order, State.RUNNING, clock.instant(), new Step("preparation", 0, 1), Optional.empty());
        runs.addFirst(run);
        if (runs.size() > REMEMBERED) {
            runs.removeLast();
        }
        Thread.ofPlatform().name("evaluation").daemon().start(() -> work(run));
        return run;
    }

    /** The remembered runs, the newest first. */
    synchronized List<Run> recent() {
        return List.copyOf(runs);
    }

    /** A remembered run. */
    Optional<Run> find(String id) {
        return recent().stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /** Ends one at its next step; {@code STATE_CONFLICT} for one that has ended. */
    synchronized void cancel(String id) {
        if (find(id).filter(run -> run.state() == State.RUNNING).isEmpty()) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "The evaluation \"%s\" has ended: there is nothing to cancel.".formatted(id));
        }
        unwanted.add(id);
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
            evaluation.run(run.order(), (step, done, of) -> at(run, new Step(step, done, of)));
            end(run, State.DONE, Optional.empty());
        } catch (FoveaException e) {
            boolean cancelled = e.code() == ErrorCode.CANCELLED;
            end(
                    run,
                    cancelled ? State.CANCELLED : State.FAILED,
                    Optional.of(cancelled ? e.getMessage() : e.code() + ": " + e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.error("evaluating {} failed", run.order().version().id(), e);
            end(
                    run,
                    State.FAILED,
                    Optional.of(ErrorCode.INTERNAL + ": It failed by a fault of the program. See the log."));
        }
    }

    private void end(Run run, State state, Optional<String> why) {
        update(run, old -> old.ended(state, why));
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
