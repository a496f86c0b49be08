package dev.fovea.datasets.exchange.model;

import java.util.List;
import java.util.Optional;

/**
 * A class of a data set.
 *
 * @param name in Unicode normal form C
 * @param definition what it means; may be empty
 * @param skeleton the names of its key points and which of them are joined; empty where it has none
 */
public record ExchangeClass(String name, String definition, Optional<Skeleton> skeleton) {

    /** A class with a name only. */
    public ExchangeClass(String name) {
        this(name, "", Optional.empty());
    }

    /**
     * The key points of a class.
     *
     * @param points their names in order
     * @param joints pairs of indices into {@code points}, from 0
     */
    public record Skeleton(List<String> points, List<Joint> joints) {
        public Skeleton {
            points = List.copyOf(points);
            joints = List.copyOf(joints);
        }
    }

    /** Two key points that a line joins, by index from 0. */
    public record Joint(int from, int to) {}
}
