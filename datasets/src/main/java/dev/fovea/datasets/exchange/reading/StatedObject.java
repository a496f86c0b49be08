package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.annotation.Keypoint;
import dev.fovea.datasets.annotation.ObjectFlag;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An object as its file states it. Flags that a format writes as attributes ({@code occluded=true}) become flags.
 *
 * @param name its class
 * @param keypoints in the units of the file
 */
public record StatedObject(
        String name,
        StatedShape shape,
        Map<String, String> attributes,
        Set<ObjectFlag> flags,
        List<Keypoint> keypoints,
        TextPlace place) {

    public StatedObject {
        Map<String, String> rest = new TreeMap<>(attributes);
        Set<ObjectFlag> all = EnumSet.noneOf(ObjectFlag.class);
        all.addAll(flags);
        for (ObjectFlag flag : ObjectFlag.values()) {
            for (String key : List.of(
                    flag.name().toLowerCase(Locale.ROOT), "is_" + flag.name().toLowerCase(Locale.ROOT))) {
                String value = rest.get(key);
                if (value != null && value.matches("(?i)true|false|0|1|")) {
                    rest.remove(key);
                    if (value.matches("(?i)true|1")) {
                        all.add(flag);
                    }
                }
            }
        }
        attributes = Map.copyOf(rest);
        flags = Set.copyOf(all);
        keypoints = List.copyOf(keypoints);
    }

    /** An object without attributes, flags and key points. */
    public StatedObject(String name, StatedShape shape, TextPlace place) {
        this(name, shape, Map.of(), Set.of(), List.of(), place);
    }
}
