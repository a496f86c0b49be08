package dev.fovea.quantize.search;

import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.statistics.BootstrapInterval;
import dev.fovea.statistics.Interval;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The speed-up of one network over another on this machine. Both run in turns, so that other load affects both. The
 * result is the median ratio with a 95 % bootstrap interval.
 *
 * @param baselineMs median time of a run of the first
 * @param candidateMs median time of a run of the second
 * @param ratio first divided by second
 * @param turns number of turns
 */
public record SpeedUp(double baselineMs, double candidateMs, Interval ratio, int turns) {

    private static final int WARM_UP = 3;
    private static final int MIN_TURNS = 15;
    private static final int MAX_TURNS = 2000;
    private static final int RESAMPLES = 2000;
    /** One is clearly faster when the interval lies beyond this: each further look is another chance to be wrong. */
    private static final double CLEAR = 1.02;

    /** Measures one image at a time on one thread, for about the given time. */
    public static SpeedUp measure(Engine engine, OnnxModel baseline, OnnxModel candidate, Tensor input, Duration time) {
        return measure(engine, baseline, candidate, input, time, false);
    }

    /** The same until it is clear which is faster: enough to choose between two, too little to promise a figure. */
    public static SpeedUp compare(
            Engine engine, OnnxModel baseline, OnnxModel candidate, Tensor input, Duration limit) {
        return measure(engine, baseline, candidate, input, limit, true);
    }

    private static SpeedUp measure(
            Engine engine, OnnxModel baseline, OnnxModel candidate, Tensor input, Duration time, boolean untilClear) {
        SessionSettings settings = new SessionSettings(1, false);
        Tensor direct = direct(input);
        try (Session first = engine.load(baseline.bytes(), settings);
                Session second = engine.load(candidate.bytes(), settings)) {
            for (int i = 0; i < WARM_UP; i++) {
                run(first, direct);
                run(second, direct);
            }
            double[] firsts = new double[MAX_TURNS];
            double[] seconds = new double[MAX_TURNS];
            long end = System.nanoTime() + time.toNanos();
            int turn = 0;
            while (turn < MAX_TURNS && (turn < MIN_TURNS || System.nanoTime() < end)) {
                // alternate the order, as the first of two finds colder caches
                boolean swapped = turn % 2 == 1;
                double one = run(swapped ? second : first, direct);
                double other = run(swapped ? first : second, direct);
                firsts[turn] = swapped ? other : one;
                seconds[turn] = swapped ? one : other;
                turn++;
                if (untilClear && turn % MIN_TURNS == 0) {
                    Interval soFar = of(Arrays.copyOf(firsts, turn), Arrays.copyOf(seconds, turn))
                            .ratio();
                    if (soFar.low() > CLEAR || soFar.high() < 1 / CLEAR) {
                        break;
                    }
                }
            }
            return of(Arrays.copyOf(firsts, turn), Arrays.copyOf(seconds, turn));
        }
    }

    /** In native memory, as images are when they are served. */
    private static Tensor direct(Tensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(tensor.bytes().remaining());
        bytes.put(tensor.bytes().duplicate()).flip();
        return new Tensor(tensor.name(), tensor.type(), tensor.shape(), bytes);
    }

    private static double run(Session session, Tensor input) {
        long start = System.nanoTime();
        session.run(List.of(input));
        return (System.nanoTime() - start) / 1e6;
    }

    static SpeedUp of(double[] firsts, double[] seconds) {
        double[] ratios = new double[firsts.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = firsts[i] / seconds[i];
        }
        SplittableRandom random = new SplittableRandom(1);
        double[] medians = new double[RESAMPLES];
        double[] sample = new double[ratios.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < sample.length; j++) {
                sample[j] = ratios[random.nextInt(ratios.length)];
            }
            medians[i] = median(sample);
        }
        Interval interval = BootstrapInterval.of(median(ratios), medians, Interval.DEFAULT_LEVEL);
        return new SpeedUp(median(firsts), median(seconds), interval, ratios.length);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
