package dev.fovea.training.detection;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.imaging.Box;
import java.util.List;

/**
 * What an input of the network shows, in its pixels.
 *
 * @param objects to be found
 * @param ignored places where predictions are neither right nor wrong
 */
record Scene(List<LabelledBox> objects, List<Box> ignored) {

    Scene {
        objects = List.copyOf(objects);
        ignored = List.copyOf(ignored);
    }

    /**
     * Scenes that are learned from together.
     *
     * @param epoch counted from 0
     * @param pixels interleaved 8-bit pixels of all inputs, one after the other
     */
    record SceneBatch(int epoch, byte[] pixels, List<Scene> scenes) {}
}
