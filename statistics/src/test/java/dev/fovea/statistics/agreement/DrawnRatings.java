package dev.fovea.statistics.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Labels of annotators with known skills on items of known classes and difficulty. */
record DrawnRatings(int[][] table, int[] truths, boolean[] hard, int classes) {

    /**
     * 40 items by 4 annotators of 3 classes with gaps, drawn once in Python; the reference values of the tests are of
     * these.
     */
    private static final String TABLE =
            "0020 1111 0000 101. 2212 1111 .1.. 0000 000. 01.0 .10. 221. 0000 010. .000 122."
                    + " 0.10 000. 22.. 0.20 1211 2.22 ...0 1.1. 2.22 .100 1120 .112 1112 0.12 002. .20. 00.. .... 00.0 2..2 1201"
                    + " 000. 1101 .000";

    static Ratings reference() {
        return parsed(3, TABLE.split(" "));
    }

    /** One text per item, one digit per annotator, a dot for a gap. */
    static Ratings parsed(int classes, String... rows) {
        return Ratings.of(
                classes,
                Arrays.stream(rows)
                        .map(row -> row.chars()
                                .map(c -> c == '.' ? Ratings.MISSING : c - '0')
                                .toArray())
                        .toArray(int[][]::new));
    }

    /**
     * Draws labels: right with the annotator's skill, or half of it on hard items; else a wrong class at random.
     *
     * @param gaps share of labels that are missing
     * @param hardShare share of hard items
     */
    static DrawnRatings of(int items, int classes, double[] skills, double gaps, double hardShare, long seed) {
        Random random = new Random(seed);
        int[][] table = new int[items][skills.length];
        int[] truths = new int[items];
        boolean[] hard = new boolean[items];
        for (int i = 0; i < items; i++) {
            truths[i] = random.nextInt(classes);
            hard[i] = random.nextDouble() < hardShare;
            for (int j = 0; j < skills.length; j++) {
                double skill = hard[i] ? skills[j] / 2 : skills[j];
                boolean right = random.nextDouble() < skill;
                int wrong = (truths[i] + 1 + random.nextInt(classes - 1)) % classes;
                table[i][j] = random.nextDouble() < gaps ? Ratings.MISSING : right ? truths[i] : wrong;
            }
        }
        return new DrawnRatings(table, truths, hard, classes);
    }

    /** 600 items, 4 classes, 6 annotators of whom one guesses often; a third of the labels missing, hard items. */
    static DrawnRatings withGaps() {
        return of(600, 4, new double[] {0.95, 0.85, 0.8, 0.7, 0.6, 0.4}, 0.33, 0.3, 17);
    }

    /** As {@code label_peers.py} reads them. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(String.valueOf(classes)));
        for (int[] row : table) {
            lines.add(Arrays.stream(row).mapToObj(String::valueOf).collect(Collectors.joining(" ")));
        }
        return lines;
    }

    Ratings ratings() {
        return Ratings.of(classes, table);
    }

    double accuracy(SoftLabels labels) {
        int right = 0;
        for (int i = 0; i < truths.length; i++) {
            right += labels.label(i) == truths[i] ? 1 : 0;
        }
        return (double) right / truths.length;
    }

    /** The table with annotators and classes in reverse order. */
    Ratings reversed() {
        int[][] reversed = new int[table.length][];
        for (int i = 0; i < table.length; i++) {
            int[] row = table[i];
            reversed[i] = new int[row.length];
            for (int j = 0; j < row.length; j++) {
                int label = row[row.length - 1 - j];
                reversed[i][j] = label == Ratings.MISSING ? label : classes - 1 - label;
            }
        }
        return Ratings.of(classes, reversed);
    }
}
