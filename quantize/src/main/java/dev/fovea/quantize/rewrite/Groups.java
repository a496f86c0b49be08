package dev.fovea.quantize.rewrite;

import java.util.HashMap;
import java.util.Map;

/** Tensors that must have the same scale (disjoint sets with path halving). */
final class Groups {

    private final Map<String, String> parents = new HashMap<>();

    void join(String one, String other) {
        parents.put(root(one), root(other));
    }

    /** The representative of the tensor's group. */
    String root(String tensor) {
        String at = tensor;
        String parent = parents.getOrDefault(at, at);
        while (!parent.equals(at)) {
            String above = parents.getOrDefault(parent, parent);
            parents.put(at, above);
            at = above;
            parent = parents.getOrDefault(at, at);
        }
        return at;
    }
}
