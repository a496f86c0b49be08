package dev.fovea.training;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.Preprocessor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Every image as the network sees it before normalisation, decoded once: interleaved 8-bit pixels of the contract's
 * size, in memory.
 *
 * @param size of every image
 * @param channels 3 (red, green, blue) or 1
 * @param pixels of each sample, in order
 * @param samples in order
 */
record PixelCache(Size size, int channels, List<byte[]> pixels, List<Sample> samples) {

    /**
     * Decodes all samples on the given number of threads.
     *
     * @param decoded receives the number of decoded images after each; called from several threads
     */
    static PixelCache decode(List<Sample> samples, PreprocessingContract contract, int threads, IntConsumer decoded) {
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        Preprocessor preprocessor = new Preprocessor(contract);
        byte[][] pixels = new byte[samples.size()][];
        OrderedWork.run(samples.size(), threads, index -> {
            pixels[index] = see(samples.get(index), decoder, preprocessor);
            decoded.accept(index);
        });
        return new PixelCache(contract.outputSize(), contract.color().channels(), List.of(pixels), samples);
    }

    private static byte[] see(Sample sample, Decoder decoder, Preprocessor preprocessor) {
        PreprocessingContract contract = preprocessor.contract();
        byte[] file = read(sample);
        try (Image image = decoder.decode(file, contract);
                Image seen = preprocessor.see(image)) {
            byte[] pixels = seen.toRgbOrGray();
            Size size = contract.outputSize();
            int expected = size.height() * size.width() * contract.color().channels();
            if (pixels.length != expected) {
                throw new FoveaException(
                        ErrorCode.CONTRACT_MISMATCH,
                        "%s has %d bytes of pixels, but the preprocessing contract needs %d. Check the contract's size and colour."
                                .formatted(sample.image(), pixels.length, expected));
            }
            return pixels;
        } catch (FoveaException e) {
            throw new FoveaException(e.code(), "%s: %s".formatted(sample.image(), e.getMessage()), e);
        }
    }

    private static byte[] read(Sample sample) {
        try {
            return Files.readAllBytes(sample.image());
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s cannot be read. Check that the data set is still where it was.".formatted(sample.image()),
                    e);
        }
    }

    int count() {
        return pixels.size();
    }

    /** Bytes of one image. */
    int imageBytes() {
        return size.height() * size.width() * channels;
    }
}
