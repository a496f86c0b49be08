package dev.fovea.training;

import dev.fovea.training.resume.TrainingState;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tracks progress and the time budget. Reports to a listener at most once a second and computes the position in the
 * learning-rate schedule. Decoding threads may call {@link #decoded}; the training thread calls everything else.
 */
public final class ProgressReport {

    private static final double INTERVAL_SECONDS = 1;

    /** What decoding is reckoned as part of the whole work. */
    private static final double DECODING_SHARE = 0.03;

    /** Share of the budget during which being late is taken for a slow start. */
    private static final double GRACE = 0.1;

    private final Consumer<TrainingEvent> listener;
    private final Duration budget;
    private final int minEpochs;
    private int epochs;
    private final LongSupplier nanos;
    private long start;
    private final AtomicInteger decoded = new AtomicInteger();
    private int images = 1;
    private double lastEvent;

    private double learningStart;
    private int steps = 1;
    private int batchSize;
    private int stepsDone;
    private int epoch;
    private int stepsOfEpoch;
    private double lossOfEpoch;
    private double schedule;
    private TrainingEvent.StopReason reason = TrainingEvent.StopReason.EPOCHS;
    private OptionalDouble accuracy = OptionalDouble.empty();
    private double learningRate;
    private int stepsMeasured;
    private double secondsMeasured;
    private double lossSinceMeasured;

    /** Begins now; {@code epochs} are planned. */
    public ProgressReport(Consumer<TrainingEvent> listener, Duration budget, int minEpochs, int epochs) {
        this(listener, budget, minEpochs, epochs, System::nanoTime);
    }

    ProgressReport(Consumer<TrainingEvent> listener, Duration budget, int minEpochs, int epochs, LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.minEpochs = minEpochs;
        this.listener = listener;
        this.budget = budget;
        this.epochs = epochs;
    }

    /** Decoding starts. */
    public void started(int training, int validation, long parameters, String engine) {
        images = training + validation;
        listener.accept(new TrainingEvent.Started(training, validation, epochs, parameters, engine));
    }

    /** What memory is needed, and what can be had, in bytes. */
    void memory(long needed, long available) {
        listener.accept(new TrainingEvent.MemoryPlanned(needed, available));
    }

    /** One more image is decoded. */
    public synchronized void decoded() {
        int done = decoded.incrementAndGet();
        double now = seconds();
        if (now - lastEvent >= INTERVAL_SECONDS) {
            lastEvent = now;
            double fraction = DECODING_SHARE * done / images;
            listener.accept(new TrainingEvent.Progress(
                    0,
                    epochs,
                    fraction,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    done / now,
                    budget.toMillis() / 1e3 - now));
        }
    }

    /** Decoding is over; steps of a number of images follow. */
    public void learning(int plannedSteps, int imagesPerStep) {
        steps = plannedSteps;
        batchSize = imagesPerStep;
        learningStart = seconds();
        secondsMeasured = learningStart;
    }

    /**
     * Position in the schedule before a step: by steps, or by time where the budget ends first. The clock is ignored
     * while little time is spent, so that a run with enough time depends on its seed only. It never ends the schedule
     * before the minimum number of epochs.
     */
    double schedule(int step) {
        double bySteps = step / (double) steps;
        double byTime = (seconds() - learningStart) / Math.max(1e-3, budget.toMillis() / 1e3 - learningStart);
        double fastest = minEpochs == 0 ? byTime : bySteps * (epochs / (double) Math.min(minEpochs, epochs));
        double hurried = Math.min(byTime, fastest);
        boolean late = hurried > bySteps && byTime > GRACE;
        if (late) {
            endedByTime();
        }
        schedule = Math.max(schedule, late ? hurried : bySteps);
        return schedule;
    }

    /** What was spent so far. */
    public TrainingState.Spent spent() {
        return new TrainingState.Spent(seconds(), learningStart);
    }

    /** Goes on after so many steps of an earlier training, whose time counts. */
    public void resumed(int taken, TrainingState.Spent spent) {
        start = nanos.getAsLong() - (long) (spent.seconds() * 1e9);
        learningStart = spent.decodingSeconds();
        stepsDone = taken;
        stepsMeasured = taken;
        secondsMeasured = spent.seconds();
    }

    /** Seconds of the time budget that are left. */
    public double secondsLeft() {
        return budget.toMillis() / 1e3 - seconds();
    }

    /** The number of epochs as it is planned now. */
    public void planned(int count) {
        epochs = count;
    }

    /** How far along a schedule of its own the training is. */
    public void at(double progress) {
        schedule = Math.max(schedule, progress);
    }

    /** A step was taken; {@code rate} is the learning rate of the last layer. */
    public void learned(int step, int currentEpoch, double loss, double rate) {
        if (currentEpoch + 1 != epoch) {
            epoch = currentEpoch + 1;
            stepsOfEpoch = 0;
            lossOfEpoch = 0;
        }
        stepsOfEpoch++;
        stepsDone = step + 1;
        lossOfEpoch += loss;
        lossSinceMeasured += loss;
        learningRate = rate;
        if (seconds() - secondsMeasured >= INTERVAL_SECONDS) {
            measure();
        }
        alive();
    }

    /** Reports progress unless the last report is recent. */
    public void alive() {
        if (seconds() - lastEvent >= INTERVAL_SECONDS) {
            report();
        }
    }

    /** Validation begins, whose time is not part of the training rate. */
    public void validating() {
        measure();
    }

    /** The validation images were predicted with an accuracy and a loss. */
    public void validated(double value, double loss) {
        accuracy = OptionalDouble.of(value);
        report();
        listener.accept(new TrainingEvent.Validated(stepsDone, epoch, lastEvent, value, loss));
        secondsMeasured = lastEvent;
    }

    private void report() {
        lastEvent = seconds();
        double share = Math.min(1, schedule);
        double spent = lastEvent - learningStart;
        double remaining = share <= 0 ? budget.toMillis() / 1e3 : spent * (1 - share) / share;
        listener.accept(new TrainingEvent.Progress(
                epoch,
                epochs,
                DECODING_SHARE + (1 - DECODING_SHARE) * share,
                stepsOfEpoch == 0 ? OptionalDouble.empty() : OptionalDouble.of(lossOfEpoch / stepsOfEpoch),
                accuracy,
                imagesPerSecond(),
                minEpochs > 0 ? remaining : Math.min(remaining, Math.max(0, budget.toMillis() / 1e3 - lastEvent))));
    }

    private void measure() {
        int taken = stepsDone - stepsMeasured;
        if (taken > 0) {
            double now = seconds();
            listener.accept(new TrainingEvent.MeasuredSteps(
                    stepsDone,
                    epoch,
                    now,
                    lossSinceMeasured / taken,
                    learningRate,
                    (double) taken * batchSize / Math.max(1e-3, now - secondsMeasured)));
            stepsMeasured = stepsDone;
            secondsMeasured = now;
            lossSinceMeasured = 0;
        }
    }

    /** Learning ends before its schedule. */
    void stopped(TrainingEvent.StopReason why) {
        reason = why;
    }

    /** The schedule ends with the time budget. */
    public void endedByTime() {
        reason = TrainingEvent.StopReason.TIME_LIMIT;
    }

    /** The end; {@code plan} is the text of the steps that were taken. */
    public void finished(int bestEpoch, double bestAccuracy, String plan) {
        listener.accept(
                new TrainingEvent.Finished(bestEpoch, epoch, bestAccuracy, imagesPerSecond(), seconds(), reason, plan));
    }

    private double imagesPerSecond() {
        return (double) stepsDone * batchSize / Math.max(1e-3, seconds() - learningStart);
    }

    private double seconds() {
        return (nanos.getAsLong() - start) / 1e9;
    }
}
