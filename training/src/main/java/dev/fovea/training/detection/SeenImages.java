package dev.fovea.training.detection;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.imaging.preprocess.Preprocessor;
import dev.fovea.training.OrderedWork;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Images as the network sees them in serving, with their objects in pixels of the input.
 *
 * @param size of the input
 * @param channels 3 or 1
 * @param images in order
 */
record SeenImages(Size size, int channels, List<SeenImage> images) {

    /** An object that is less of a pixel high or wide in the input shows nothing. */
    private static final double MIN_EXTENT = 1;

    /**
     * One image.
     *
     * @param pixels of the whole input, interleaved
     * @param transform from the image to the input
     * @param content where the image lies in the input
     * @param scene what it shows
     */
    record SeenImage(byte[] pixels, ImageTransform transform, Box content, Scene scene) {}

    SeenImages {
        images = List.copyOf(images);
    }

    /** Decodes all images; {@code decoded} is called after each, from several threads. */
    static SeenImages decode(
            List<LabelledBoxes> labelled, PreprocessingContract contract, int threads, IntConsumer decoded) {
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        Preprocessor preprocessor = new Preprocessor(contract);
        SeenImage[] seen = new SeenImage[labelled.size()];
        OrderedWork.run(labelled.size(), threads, index -> {
            seen[index] = see(labelled.get(index), decoder, preprocessor);
            decoded.accept(index);
        });
        return new SeenImages(contract.outputSize(), contract.color().channels(), List.of(seen));
    }

    private static SeenImage see(LabelledBoxes labelled, Decoder decoder, Preprocessor preprocessor) {
        PreprocessingContract contract = preprocessor.contract();
        try (Image image = decoder.decode(Files.readAllBytes(labelled.image()), contract);
                Image input = preprocessor.see(image)) {
            ImageTransform transform = ImageTransform.of(contract, labelled.size());
            return new SeenImage(
                    input.toRgbOrGray(),
                    transform,
                    transform.toInput(labelled.size().box()),
                    scene(labelled, transform));
        } catch (FoveaException e) {
            throw new FoveaException(e.code(), "%s: %s".formatted(labelled.image(), e.getMessage()), e);
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s cannot be read. Check that the data set is still where it was.".formatted(labelled.image()),
                    e);
        }
    }

    private static Scene scene(LabelledBoxes labelled, ImageTransform transform) {
        return new Scene(
                labelled.boxes().stream()
                        .map(object -> new LabelledBox(object.label(), transform.toInput(object.box())))
                        .filter(object -> isVisible(object.box()))
                        .toList(),
                labelled.ignored().stream()
                        .map(region -> transform.toInput(region.box()))
                        .filter(SeenImages::isVisible)
                        .toList());
    }

    static boolean isVisible(Box box) {
        return box.width() >= MIN_EXTENT && box.height() >= MIN_EXTENT;
    }

    int count() {
        return images.size();
    }

    /** Bytes of one input. */
    int imageBytes() {
        return size.height() * size.width() * channels;
    }
}
