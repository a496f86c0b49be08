package dev.fovea.pipeline;

import dev.fovea.imaging.Contract;
import dev.fovea.imaging.Contract.Alpha;
import dev.fovea.imaging.Contract.ColorOrder;
import dev.fovea.imaging.Contract.DecodeMode;
import dev.fovea.imaging.Contract.ElementType;
import dev.fovea.imaging.Contract.Layout;
import dev.fovea.imaging.Contract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.model.NetworkBuilder.Family;
import dev.fovea.model.NetworkBuilder.Scale;
import dev.fovea.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to train.
 *
 * @param folder pictures in a folder per class, or {@code train/}, {@code val/}, {@code test/} above those
 * @param name of the model
 * @param family how the network's blocks are made
 * @param scale how wide and deep it is
 * @param edge of the square that the network sees, in pixels
 * @param settings how to learn
 * @param note free words
 */
public record TrainingOrder(
        Path folder, String name, Family family, Scale scale, int edge, TrainingSettings settings, String note) {

    /** Fixed for fresh networks: fast to compute in serving, the same in training. */
    Contract contract() {
        return new Contract(
                Orientation.EXIF,
                ColorOrder.RGB,
                Alpha.WHITE,
                new Resize.Stretch(Size.square(edge), Resize.Filter.AREA, Resize.Engine.OPENCV),
                Optional.empty(),
                1 / 255.0,
                List.of(0.485, 0.456, 0.406),
                List.of(0.229, 0.224, 0.225),
                Layout.NCHW,
                ElementType.FLOAT32,
                DecodeMode.FAST);
    }

    /** For lineage. */
    Map<String, String> described(int epochs) {
        Map<String, String> described = new TreeMap<>();
        described.put("network", family.name().toLowerCase(java.util.Locale.ROOT));
        described.put("scale", scale.name().toLowerCase(java.util.Locale.ROOT));
        described.put("edge", Integer.toString(edge));
        described.put("epochs", Integer.toString(epochs));
        described.put("batch_size", Integer.toString(settings.batchSize()));
        described.put("optimizer", settings.optimizer().name().toLowerCase(java.util.Locale.ROOT));
        described.put("learning_rate", Double.toString(settings.learningRate()));
        described.put("weight_decay", Double.toString(settings.weightDecay()));
        described.put("label_smoothing", Double.toString(settings.labelSmoothing()));
        described.put("seed", Long.toString(settings.seed()));
        return described;
    }
}
