package dev.fovea.bench.accuracy;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Which images of a set come how often. */
enum LiveMix {
    SAME,
    UNSURE_TWICE,
    UNSURE_4_TIMES,
    SURE_4_TIMES,
    CATS_AND_DOGS_TWICE,
    CATS_AND_DOGS_5_TIMES,
    CATS_AND_DOGS_10_TIMES,
    CATS_AND_DOGS_A_TENTH,
    SHIPS_8_TIMES,
    ANY_CLASSES,
    UNSURE_CATS_AND_DOGS;

    private static final double UNSURE = 0.7;
    private static final int CAT = 3;
    private static final int DOG = 5;
    private static final int SHIP = 8;

    /** Whether the classes are there that come more or less often. */
    boolean fits(JudgedSet pool) {
        return switch (this) {
            case SAME, UNSURE_TWICE, UNSURE_4_TIMES, SURE_4_TIMES, ANY_CLASSES -> true;
            case CATS_AND_DOGS_TWICE,
                    CATS_AND_DOGS_5_TIMES,
                    CATS_AND_DOGS_10_TIMES,
                    CATS_AND_DOGS_A_TENTH,
                    SHIPS_8_TIMES,
                    UNSURE_CATS_AND_DOGS -> pool.predictions().classes() > SHIP;
        };
    }

    /** Draws images with replacement. */
    int[] draw(JudgedSet pool, int count, SplittableRandom random) {
        double[] classes = new double[pool.predictions().classes()];
        // from a third of as often to three times as often
        Arrays.setAll(classes, label -> this == ANY_CLASSES ? Math.pow(3, random.nextDouble() * 2 - 1) : 1);
        double[] cumulative = new double[pool.size()];
        double sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            sum += classes[pool.truth()[i]] * weight(pool, i);
            cumulative[i] = sum;
        }
        return random.doubles(count, 0, sum)
                .mapToInt(at -> {
                    int found = Arrays.binarySearch(cumulative, at);
                    return Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found + 1);
                })
                .toArray();
    }

    private double weight(JudgedSet pool, int image) {
        boolean unsure = pool.predictions().scores()[image][0] < UNSURE;
        int label = pool.truth()[image];
        boolean catOrDog = label == CAT || label == DOG;
        return switch (this) {
            case SAME, ANY_CLASSES -> 1;
            case UNSURE_TWICE -> unsure ? 2 : 1;
            case UNSURE_4_TIMES -> unsure ? 4 : 1;
            case SURE_4_TIMES -> unsure ? 1 : 4;
            case CATS_AND_DOGS_TWICE -> catOrDog ? 2 : 1;
            case CATS_AND_DOGS_5_TIMES -> catOrDog ? 5 : 1;
            case CATS_AND_DOGS_10_TIMES -> catOrDog ? 10 : 1;
            case CATS_AND_DOGS_A_TENTH -> catOrDog ? 0.1 : 1;
            case SHIPS_8_TIMES -> label == SHIP ? 8 : 1;
            case UNSURE_CATS_AND_DOGS -> (unsure ? 2 : 1) * (catOrDog ? 3 : 1);
        };
    }
}
