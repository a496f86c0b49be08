package dev.fovea.statistics.linear;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Limited-memory BFGS for smooth functions: J. Nocedal and S. J. Wright, Numerical Optimization, 2nd edition 2006,
 * algorithm 7.5, with 10 pairs. Step lengths satisfy the weak Wolfe conditions, found by bracketing and bisection (A.
 * S. Lewis and M. L. Overton, "Nonsmooth optimization via quasi-Newton methods", Mathematical Programming 141 (2013)
 * 135–163, algorithm 2.6). Deterministic.
 */
final class Lbfgs {

    private static final int PAIRS = 10;
    private static final int MAX_TRIALS = 40;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final double ROUNDING = 1e-12;

    private final Objective objective;
    private final ArrayDeque<Pair> pairs = new ArrayDeque<>();
    private double[] point;
    private double[] gradient;
    private double value;

    /** A function to be minimized. */
    interface Objective {

        /**
         * The value at a point.
         *
         * @param point {@code [P]}, left as it is
         * @param gradient {@code [P]}, overwritten
         */
        double value(double[] point, double[] gradient);
    }

    /**
     * Where the search ended.
     *
     * @param converged whether the gradient is within the tolerance there
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, not compared
    record Minimum(double[] point, double value, int iterations, boolean converged) {}

    private record Pair(double[] step, double[] change, double inverse) {}

    private Lbfgs(Objective objective, double[] start) {
        this.objective = objective;
        this.point = start.clone();
        this.gradient = new double[start.length];
        this.value = objective.value(point, gradient);
    }

    /** Descends from a start until no component of the gradient is above the tolerance. */
    static Minimum minimize(Objective objective, double[] start, double tolerance, int maxIterations) {
        Lbfgs search = new Lbfgs(objective, start);
        int iteration = 0;
        while (largest(search.gradient) > tolerance && iteration < maxIterations && search.advance()) {
            iteration++;
        }
        return new Minimum(search.point, search.value, iteration, largest(search.gradient) <= tolerance);
    }

    /** One step; false where rounding leaves no descent. */
    private boolean advance() {
        double[] direction = direction();
        double slope = dot(direction, gradient);
        if (slope >= 0) {
            pairs.clear();
            direction = direction();
            slope = dot(direction, gradient);
        }
        double length = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double[] next = new double[point.length];
        double[] nextGradient = new double[point.length];
        for (int trial = 0; trial < MAX_TRIALS; trial++) {
            for (int i = 0; i < next.length; i++) {
                next[i] = point[i] + length * direction[i];
            }
            double nextValue = objective.value(next, nextGradient);
            double nextSlope = dot(nextGradient, direction);
            if (!isLower(nextValue, nextSlope, length, slope)) {
                high = length;
            } else if (nextSlope < CURVATURE * slope) {
                low = length;
            } else {
                accept(next, nextGradient, nextValue);
                return true;
            }
            length = high < Double.POSITIVE_INFINITY ? (low + high) / 2 : 2 * length;
        }
        return false;
    }

    /**
     * The condition of sufficient decrease; near the minimum, where values differ by rounding only, the same condition
     * on slopes (W. W. Hager and H. Zhang, SIAM Journal on Optimization 16 (2005) 170–192, equation 4.1).
     */
    private boolean isLower(double nextValue, double nextSlope, double length, double slope) {
        return nextValue <= value + SUFFICIENT_DECREASE * length * slope
                || (nextValue <= value + ROUNDING * Math.abs(value)
                        && nextSlope <= (2 * SUFFICIENT_DECREASE - 1) * slope);
    }

    private void accept(double[] next, double[] nextGradient, double nextValue) {
        double[] step = new double[point.length];
        double[] change = new double[point.length];
        for (int i = 0; i < step.length; i++) {
            step[i] = next[i] - point[i];
            change[i] = nextGradient[i] - gradient[i];
        }
        double curvature = dot(step, change);
        if (curvature > 1e-12 * dot(change, change)) {
            pairs.addFirst(new Pair(step, change, 1 / curvature));
            if (pairs.size() > PAIRS) {
                pairs.removeLast();
            }
        }
        point = next;
        gradient = nextGradient;
        value = nextValue;
    }

    /** The two-loop recursion of algorithm 7.4. */
    private double[] direction() {
        double[] direction = new double[gradient.length];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -gradient[i];
        }
        double[] factors = new double[pairs.size()];
        int newest = 0;
        for (Pair pair : pairs) {
            factors[newest] = pair.inverse * dot(pair.step, direction);
            add(direction, -factors[newest++], pair.change);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.getFirst();
            double scale = 1 / (last.inverse * dot(last.change, last.change));
            for (int i = 0; i < direction.length; i++) {
                direction[i] *= scale;
            }
        }
        for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
            Pair pair = oldest.next();
            double factor = pair.inverse * dot(pair.change, direction);
            add(direction, factors[--newest] - factor, pair.step);
        }
        return direction;
    }

    private static void add(double[] target, double factor, double[] values) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * values[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
