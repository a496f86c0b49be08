package dev.fovea.config.binding;

import java.util.Collection;
import java.util.Comparator;

/** The known name that is nearest to a mistyped one, by Levenshtein's distance. */
public final class Suggestion {

    private Suggestion() {}

    /** The nearest name; the last part of a name counts as much as the whole, because groups are forgotten. */
    public static String nearest(String given, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(
                        name -> Math.min(distance(given, name), 1 + lastDistance(last(given), last(name)))))
                .orElseThrow();
    }

    private static int lastDistance(String given, String name) {
        return !given.equals(name) && name.startsWith(given) ? 1 : distance(given, name);
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            int diagonal = i - 1;
            for (int j = 0; j <= to.length(); j++) {
                int above = row[j];
                if (i == 0 || j == 0) {
                    row[j] = i + j;
                } else {
                    int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                    row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
                }
                diagonal = above;
            }
        }
        return row[to.length()];
    }
}
