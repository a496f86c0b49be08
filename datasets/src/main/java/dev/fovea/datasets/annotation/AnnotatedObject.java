package dev.fovea.datasets.annotation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An object in an image.
 *
 * @param name its class
 * @param shape its place
 * @param attributes further properties, such as {@code colour=red}, sorted by name
 * @param flags in the order of the enum
 * @param keypoints in the order of the class's skeleton; usually empty
 */
public record AnnotatedObject(
        String name, Shape shape, Map<String, String> attributes, Set<ObjectFlag> flags, List<Keypoint> keypoints) {

    public AnnotatedObject {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        flags = flags.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(flags));
        keypoints = List.copyOf(keypoints);
    }

    /** An object without attributes, flags and keypoints. */
    public AnnotatedObject(String name, Shape shape) {
        this(name, shape, Map.of(), Set.of(), List.of());
    }
}
