package dev.fovea.bench.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Traffic that is drawn from a pool of images, minute by minute. */
final class SimulatedTraffic {

    /** A Monday. */
    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private static final double MINUTES_PER_DAY = 1440;
    private static final double NEW_SESSION = 1 / 8.0;
    private static final double LIKE_THE_SESSION = 0.7;

    /** The wandering brightness is forgotten over three hours. */
    private static final double KEPT = Math.exp(-1 / 180.0);

    private final TrafficPattern pattern;
    private final double perDay;
    private final RandomGenerator random;
    private final double[] shares;
    private ImagePool pool;
    private double[][] strangers = new double[0][];
    private double strangersShare;
    private double wandering;
    private boolean inSession;
    private int sessionLabel;
    private double sessionBrightness;
    private Instant now = START;

    /** Of equally frequent classes. */
    SimulatedTraffic(ImagePool pool, TrafficPattern pattern, double perDay, RandomGenerator random) {
        this.pool = pool;
        this.pattern = pattern;
        this.perDay = perDay;
        this.random = random;
        this.shares = new double[pool.classes()];
        Arrays.fill(shares, 1.0 / shares.length);
    }

    /** From now on images are these. */
    void change(ImagePool other) {
        pool = other;
    }

    /** From now on a class has so much more of the images, at the cost of all others. */
    void shift(int label, double points) {
        double before = shares[label];
        for (int c = 0; c < shares.length; c++) {
            shares[c] = c == label ? before + points : shares[c] * (1 - before - points) / (1 - before);
        }
    }

    /** From now on a share of the images is drawn from others. */
    void mixIn(double[][] others, double share) {
        strangers = others;
        strangersShare = share;
    }

    Instant now() {
        return now;
    }

    /** The images of the next minute. */
    List<double[]> minute() {
        double hours = Duration.between(START, now).toMinutes() / 60.0;
        boolean weekend = pattern.hasRhythm() && (int) (hours / 24) % 7 >= 5;
        double daylight = pattern.hasRhythm() ? Math.cos(2 * Math.PI * (hours - 14) / 24) : 0; // 1 at 14:00
        double rate = perDay / MINUTES_PER_DAY;
        if (pattern.hasRhythm()) {
            rate *= (1 + 0.5 * daylight) * (weekend ? 0.5 : 1.2);
        }
        double bias = 0.5 * daylight;
        if (pattern.hasSessions()) {
            wandering = KEPT * wandering + Math.sqrt(1 - KEPT * KEPT) * random.nextGaussian();
            bias += Math.clamp(0.25 * wandering, -0.5, 0.5);
        }
        List<double[]> images = new ArrayList<>();
        for (int left = poisson(rate); left > 0; left--) {
            images.add(image(weekend, daylight, Math.clamp(bias, -1, 1)));
        }
        now = now.plusSeconds(60);
        return images;
    }

    private double[] image(boolean weekend, double daylight, double bias) {
        if (strangersShare > 0 && random.nextDouble() < strangersShare) {
            return strangers[random.nextInt(strangers.length)];
        }
        if (pattern.hasSessions()) {
            if (!inSession || random.nextDouble() < NEW_SESSION) {
                inSession = true;
                sessionLabel = label(weekend, daylight);
                sessionBrightness = Math.clamp(random.nextDouble() + 0.5 * bias, 0, 1);
            }
            if (random.nextDouble() < LIKE_THE_SESSION) {
                return pool.near(sessionLabel, sessionBrightness, random);
            }
        }
        return pool.draw(label(weekend, daylight), bias, random);
    }

    private int label(boolean weekend, double daylight) {
        double[] now = shares.clone();
        now[0] *= 1 + 0.4 * daylight;
        now[now.length - 1] *= weekend ? 1.4 : 1;
        double at = random.nextDouble() * Arrays.stream(now).sum();
        for (int c = 0; c < now.length - 1; c++) {
            at -= now[c];
            if (at < 0) {
                return c;
            }
        }
        return now.length - 1;
    }

    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
