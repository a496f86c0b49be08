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
    private static final double MIN_VISIBLE = 0.5;

    /** Share of images that keep their scale: resampling softens what serving shows sharp. */
    private static final double UNSCALED = 0.33;

    private static final double SHIFT = 0.1;
    private static final double CENTER = 0.3;

    private final SeenImages images;
    private final Size size;
    private final boolean quarterTurns;
    private final SceneScales scales;

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
        this.scales = SceneScales.of(images);
    }

    /** Writes a scene of one image into a target from {@code offset} on. */
    Scene single(int index, byte[] target, int offset, RandomGenerator random) {
        byte[] canvas = canvas();
        Collected collected = new Collected();
        SeenImage image = images.images().get(index);
        Placement placement = placed(image, scales.halved(), random);
        double freeX = size.width() - placement.width();
        double freeY = size.height() - placement.height();
        double left = freeX * random.nextDouble() + size.width() * SHIFT * (2 * random.nextDouble() - 1);
        double top = freeY * random.nextDouble() + size.height() * SHIFT * (2 * random.nextDouble() - 1);
        place(
                image,
                placement.at(Math.rint(left), Math.rint(top)),
                new Box(0, 0, size.width(), size.height()),
                canvas,
                collected);
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
            Placement placement = placed(image, scales, random);
            Box frame = new Box(
                    isRight ? Math.round(centerX) : 0,
                    isLow ? Math.round(centerY) : 0,
                    isRight ? size.width() : Math.round(centerX),
                    isLow ? size.height() : Math.round(centerY));
            place(image, aimed(image, placement, frame, isRight, isLow, random), frame, canvas, collected);
        }
        return finished(canvas, collected, target, offset, random);
    }

    /**
     * Where an image goes in its part of a mosaic: beside the centre if there is room for all of it. Of a larger one
     * any part is shown that has a whole object, for most places show none.
     */
    private static Placement aimed(
            SeenImage image, Placement placement, Box frame, boolean isRight, boolean isLow, RandomGenerator random) {
        List<LabelledBox> objects = image.scene().objects();
        Box aim = placement.toScene(
                objects.isEmpty()
                        ? image.content()
                        : objects.get(random.nextInt(objects.size())).box());
        double left = start(frame.x1(), frame.x2(), placement.width(), isRight, aim.x1(), aim.x2(), random);
        double top = start(frame.y1(), frame.y2(), placement.height(), isLow, aim.y1(), aim.y2(), random);
        return placement.at(left, top);
    }

    /** Where an image of that extent begins, on one axis. */
    private static double start(
            double from,
            double to,
            double extent,
            boolean isSecond,
            double aimFrom,
            double aimTo,
            RandomGenerator random) {
        if (extent <= to - from) {
            return isSecond ? from : to - extent;
        }
        double least = Math.max(to - extent, from - aimFrom);
        double most = Math.min(from, to - aimTo);
        if (least > most) {
            least = to - extent;
            most = from;
        }
        return Math.rint(least + (most - least) * random.nextDouble());
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

    private Placement placed(SeenImage image, SceneScales range, RandomGenerator random) {
        double scale = random.nextDouble() < UNSCALED ? 1 : range.random(random);
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
