package dev.fovea.training.detection;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.Augmentation;
import dev.fovea.training.detection.SeenImages.SeenImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Composes scenes to learn from: one image at another scale and place, or four around a point (mosaic; Bochkovskiy et
 * al. 2020, <i>YOLOv4</i>, section 3.3). Of an object that is cut off, so much must be left that it can be recognised;
 * less of it is ignored, and is neither an object nor background. The same random stream gives the same bytes.
 */
final class SceneComposer {

    /** Colours and sharpness. */
    private static final Augmentation PHOTOMETRIC = new Augmentation(
            new Augmentation.Geometric(1, 1, 0, false, false), new Augmentation.Photometric(0.1, 0.2, 0.3, 0.05, 3, 0));

    private static final byte GRAY = 114;

    /** The share of an object that must be left of it. */
    private static final double MIN_VISIBLE = 0.3;

    private static final double MOSAIC_MIN_SCALE = 0.5;
    private static final double MOSAIC_MAX_SCALE = 1.3;
    private static final double MIN_SCALE = 0.7;
    private static final double MAX_SCALE = 1.3;
    private static final double SHIFT = 0.1;
    private static final double CENTER = 0.3;

    private final SeenImages images;
    private final Size size;
    private final boolean quarterTurns;

    /**
     * A composer.
     *
     * @param size of the scenes
     * @param quarterTurns whether images may be turned and flipped, and not only mirrored
     */
    SceneComposer(SeenImages images, Size size, boolean quarterTurns) {
        this.images = images;
        this.size = size;
        this.quarterTurns = quarterTurns;
    }

    /** Writes a scene of one image into a target from {@code offset} on. */
    Scene single(int index, byte[] target, int offset, RandomGenerator random) {
        byte[] canvas = canvas();
        Collected collected = new Collected();
        SeenImage image = images.images().get(index);
        Placement placement = placed(image, MIN_SCALE, MAX_SCALE, random);
        double freeX = size.width() - placement.width();
        double freeY = size.height() - placement.height();
        double left = freeX * random.nextDouble() + size.width() * SHIFT * (2 * random.nextDouble() - 1);
        double top = freeY * random.nextDouble() + size.height() * SHIFT * (2 * random.nextDouble() - 1);
        place(image, placement.at(left, top), new Box(0, 0, size.width(), size.height()), canvas, collected);
        return finished(canvas, collected, target, offset, random);
    }

    /** Writes a scene of four images. */
    Scene mosaic(int[] indices, byte[] target, int offset, RandomGenerator random) {
        byte[] canvas = canvas();
        Collected collected = new Collected();
        double centerX = size.width() * (CENTER + (1 - 2 * CENTER) * random.nextDouble());
        double centerY = size.height() * (CENTER + (1 - 2 * CENTER) * random.nextDouble());
        for (int i = 0; i < indices.length; i++) {
            boolean isRight = i % 2 == 1;
            boolean isLow = i >= 2;
            SeenImage image = images.images().get(indices[i]);
            Placement placement = placed(image, MOSAIC_MIN_SCALE, MOSAIC_MAX_SCALE, random);
            Box frame = new Box(
                    isRight ? Math.round(centerX) : 0,
                    isLow ? Math.round(centerY) : 0,
                    isRight ? size.width() : Math.round(centerX),
                    isLow ? size.height() : Math.round(centerY));
            place(
                    image,
                    placement.at(
                            isRight ? frame.x1() : frame.x2() - placement.width(),
                            isLow ? frame.y1() : frame.y2() - placement.height()),
                    frame,
                    canvas,
                    collected);
        }
        return finished(canvas, collected, target, offset, random);
    }

    private byte[] canvas() {
        byte[] canvas = new byte[size.width() * size.height() * images.channels()];
        Arrays.fill(canvas, GRAY);
        return canvas;
    }

    /** What the images of a scene show. */
    private record Collected(List<LabelledBox> objects, List<Box> ignored) {
        Collected() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private Placement placed(SeenImage image, double min, double max, RandomGenerator random) {
        double scale = Math.exp(Math.log(min) + (Math.log(max) - Math.log(min)) * random.nextDouble());
        // scenes of another size than the images show them as large in proportion
        double fit = size.width() / (double) images.size().width();
        return new Placement(image.content(), Placement.symmetry(quarterTurns, random), scale * fit, 0, 0);
    }

    private void place(SeenImage image, Placement placement, Box frame, byte[] canvas, Collected collected) {
        placement.draw(image.pixels(), images.size(), canvas, 0, size, frame, images.channels());
        for (LabelledBox object : image.scene().objects()) {
            Box whole = placement.toScene(object.box());
            Box visible = whole.within(frame);
            if (!SeenImages.isVisible(visible)) {
                continue;
            }
            if (visible.area() >= MIN_VISIBLE * whole.area()) {
                collected.objects().add(new LabelledBox(object.label(), visible));
            } else {
                collected.ignored().add(visible);
            }
        }
        image.scene().ignored().stream()
                .map(place -> placement.toScene(place).within(frame))
                .filter(SeenImages::isVisible)
                .forEach(collected.ignored()::add);
    }

    private Scene finished(byte[] canvas, Collected collected, byte[] target, int offset, RandomGenerator random) {
        PHOTOMETRIC.apply(canvas, size, target, offset, size, images.channels(), random);
        return new Scene(collected.objects(), collected.ignored());
    }
}
