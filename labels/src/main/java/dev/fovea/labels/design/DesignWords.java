package dev.fovea.labels.design;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The English words of names and definitions, and those that people read differently. Pure. */
final class DesignWords {

    private static final Set<String> NONE =
            Set.of("none", "other", "others", "nothing", "background", "normal", "ok", "good", "intact", "unknown");
    private static final Set<String> SUBJECTIVE = Set.of("""
            nice bad ugly beautiful slight slightly heavy heavily strong weak big large small minor major severe
            acceptable unacceptable fairly somewhat significant unusual suspicious similar maybe sometimes usually
            """.strip().split("\\s+"));
    private static final Set<String> EMPTY = Set.of("""
            a an the of in on at to or and is are it its with without that this these those as by for from be has have
            no not any one more than which there
            """.strip().split("\\s+"));

    private DesignWords() {}

    /** The words of a text in small letters, in alphabetical order. */
    static Set<String> of(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a name is one for images that show nothing else. */
    static boolean meansNone(String name) {
        return of(name).stream().anyMatch(NONE::contains);
    }

    /** The words that people read differently, in quotes with commas between; empty without one. */
    static String subjective(String text) {
        return of(text).stream()
                .filter(SUBJECTIVE::contains)
                .map(word -> '"' + word + '"')
                .collect(Collectors.joining(", "));
    }

    /** Jaccard similarity of the words that mean something, 0 to 1; 0 where one text has fewer than three. */
    static double overlap(String first, String second) {
        Set<String> one = of(first);
        Set<String> other = of(second);
        one.removeAll(EMPTY);
        other.removeAll(EMPTY);
        if (Math.min(one.size(), other.size()) < 3) {
            return 0;
        }
        Set<String> shared = new TreeSet<>(one);
        shared.retainAll(other);
        return (double) shared.size() / (one.size() + other.size() - shared.size());
    }
}
