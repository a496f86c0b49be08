package dev.fovea.runtime.tuning;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.InstanceSettings;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * Measures how one model runs best on this machine: the whole path from the file's bytes to the prediction, with as
 * many callers as keep the cores busy, under each setting in turn. Two rounds in different orders, so that a machine
 * that slows down or speeds up meanwhile favours nobody; the better of the two counts, as noise only slows. Runs on the
 * caller's thread and on threads of its own.
 */
public final class Tuner {

    private static final int ROUNDS = 2;
    private static final int CALLERS_PER_CORE = 4;
    private static final int[] BATCHES = {1, 4, 16};
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MIN_SLICE = Duration.ofMillis(300);
    private static final double WARM_UP_SHARE = 0.3;

    private final Engine engine;
    private final RuntimeSettings settings;
    private final DecodePool workers;

    /** A tuner that changes nothing of the settings but threads, instances and batch. */
    public Tuner(Engine engine, RuntimeSettings settings, DecodePool workers) {
        this.engine = engine;
        this.settings = settings;
        this.workers = workers;
    }

    /**
     * What to measure.
     *
     * @param images test images, used in turn; empty for a model that takes tensors, which is sent zeros
     * @param target the 99th-percentile latency to meet
     * @param budget the total time limit
     * @param stopped checked between trials; true stops the tuning
     */
    public record TuningGoal(
            Bundle bundle, List<byte[]> images, Optional<Duration> target, Duration budget, BooleanSupplier stopped) {}

    /** Hears of each trial. */
    public interface TuningProgress {
        /** So many of so many trials are done. */
        void done(TuningTrial trial, int number, int of);
    }

    /**
     * Measures all settings.
     *
     * @throws CancellationException when it was stopped
     * @throws FoveaException when the model cannot be loaded, fails on an image, or completes none in time
     */
    public Tuning tune(TuningGoal goal, TuningProgress progress) {
        List<InstanceSettings> settingsToTry = candidates(batches(goal.bundle()));
        int all = ROUNDS * settingsToTry.size();
        long end = System.nanoTime() + goal.budget().toNanos();
        List<TuningTrial> trials = new ArrayList<>();
        int done = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(settingsToTry, new Random(round));
            for (InstanceSettings setting : settingsToTry) {
                if (goal.stopped().getAsBoolean()) {
                    throw new CancellationException("tuning was stopped");
                }
                // loading time shortens the remaining trials and does not extend the budget
                long slice = Math.max(MIN_SLICE.toNanos(), (end - System.nanoTime()) / (all - done));
                done++;
                int number = done;
                measure(goal, setting, slice).ifPresent(trial -> {
                    keepBetter(trials, trial);
                    progress.done(trial, number, all);
                });
            }
        }
        if (trials.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DEADLINE_EXCEEDED,
                    "No setting completed a request within the budget of %d s. Allow more with --budget (fovea tune) or inference.tuning-timeout (server)."
                            .formatted(goal.budget().toSeconds()));
        }
        return new Tuning(goal.target(), trials);
    }

    private static void keepBetter(List<TuningTrial> trials, TuningTrial trial) {
        for (int i = 0; i < trials.size(); i++) {
            if (trials.get(i).setting().equals(trial.setting())) {
                trials.set(i, trials.get(i).perSecond() >= trial.perSecond() ? trials.get(i) : trial);
                return;
            }
        }
        trials.add(trial);
    }

    /** Every way to lay runs over the cores that leaves none idle for good, with each batch. */
    static List<InstanceSettings> candidates(boolean batches, int cores) {
        Set<InstanceSettings> candidates = new LinkedHashSet<>();
        for (int threads = 1; threads <= cores; threads = next(threads, cores)) {
            Set<Integer> instances = new LinkedHashSet<>(List.of(1, Math.max(1, cores / threads)));
            for (int number : instances) {
                for (int batch : batches ? BATCHES : new int[] {1}) {
                    candidates.add(new InstanceSettings(threads, number, batch));
                }
            }
        }
        return new ArrayList<>(candidates);
    }

    private static List<InstanceSettings> candidates(boolean batches) {
        return candidates(batches, Runtime.getRuntime().availableProcessors());
    }

    /** Doubles, but ends with all cores. */
    private static int next(int threads, int cores) {
        return threads < cores ? Math.min(2 * threads, cores) : cores + 1;
    }

    private boolean batches(Bundle bundle) {
        try (LoadedModel model = LoadedModel.load(engine, bundle, settings, workers, () -> {})) {
            return model.signature().batches();
        }
    }

    private Optional<TuningTrial> measure(TuningGoal goal, InstanceSettings setting, long slice) {
        try (LoadedModel model = LoadedModel.load(engine, goal.bundle(), settings.with(setting), workers, () -> {})) {
            long warm = System.nanoTime() + (long) (slice * WARM_UP_SHARE);
            long end = warm + (long) (slice * (1 - WARM_UP_SHARE));
            ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<FoveaException> failures = new ConcurrentLinkedQueue<>();
            List<Thread> callers = new ArrayList<>();
            int count = CALLERS_PER_CORE * Runtime.getRuntime().availableProcessors();
            for (int caller = 0; caller < count; caller++) {
                int first = caller;
                callers.add(Thread.ofVirtual().start(() -> call(model, goal, first, warm, end, nanos, failures)));
            }
            callers.forEach(Tuner::join);
            return trial(setting, nanos, (end - warm) / 1e9, failures);
        }
    }

    private static void call(
            LoadedModel model,
            TuningGoal goal,
            int first,
            long warm,
            long end,
            ConcurrentLinkedQueue<Long> nanos,
            ConcurrentLinkedQueue<FoveaException> failures) {
        for (int i = first; System.nanoTime() < end; i++) {
            long start = System.nanoTime();
            try {
                run(model, goal.images(), i);
            } catch (FoveaException e) {
                failures.add(e);
                return;
            }
            long now = System.nanoTime();
            if (start >= warm && now <= end) {
                nanos.add(now - start);
            }
        }
    }

    private static void run(LoadedModel model, List<byte[]> images, int index) {
        if (images.isEmpty()) {
            model.infer(model.sample(), Priority.NORMAL, Deadline.in(TIMEOUT));
        } else {
            model.predict(images.get(index % images.size()), Deadline.in(TIMEOUT));
        }
    }

    /** Empty when no request completed in time. */
    static Optional<TuningTrial> trial(
            InstanceSettings setting, Queue<Long> nanos, double seconds, Queue<FoveaException> failures) {
        FoveaException failure = failures.peek();
        if (failure != null) {
            throw failure;
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(
                        new TuningTrial(setting, sorted.length / seconds, millis(sorted, 0.5), millis(sorted, 0.99)));
    }

    private static double millis(long[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1e6;
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
