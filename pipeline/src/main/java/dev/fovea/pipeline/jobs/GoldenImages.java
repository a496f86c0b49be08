package dev.fovea.pipeline.jobs;

import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.util.Map;
import java.util.TreeMap;

/** The images for trial runs and the golden test of an import. */
public final class GoldenImages {

    private GoldenImages() {}

    /** Those of the request by name, else drawn ones. */
    public static Map<String, byte[]> of(Map<String, byte[]> requested) {
        return requested.isEmpty() ? drawn() : requested;
    }

    public static Map<String, byte[]> drawn() {
        Map<String, byte[]> images = new TreeMap<>();
        for (FabricClass kind : FabricClass.values()) {
            images.put(kind.label() + ".jpg", Fabric.jpeg(kind, 1, Fabric.Conditions.USUAL));
        }
        return images;
    }
}
