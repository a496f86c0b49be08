package dev.fovea.cli.predict;

import dev.fovea.synthetic.Fabric;
import dev.fovea.synthetic.FabricClass;
import java.util.ArrayList;
import java.util.List;

/** Images that a load test draws, as files' bytes. */
final class LoadImages {

    private static final int DRAWN_OF_EACH_KIND = 4;

    private LoadImages() {}

    /** Cloth of every kind, some 30 kB each; always the same. */
    static List<byte[]> drawn() {
        List<byte[]> images = new ArrayList<>();
        for (int seed = 0; seed < DRAWN_OF_EACH_KIND; seed++) {
            for (FabricClass kind : FabricClass.values()) {
                images.add(Fabric.jpeg(kind, seed, Fabric.Conditions.USUAL));
            }
        }
        return images;
    }
}
