package dev.fovea.pipeline.anomaly;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Features of images in a scratch file, {@code [images, places, dimensions]}, so that the heap does not limit how many
 * images are learned from. Written once for each image; afterwards read by any number of threads. The owner closes it.
 */
final class FeatureFile implements AutoCloseable {

    private final int images;
    private final int places;
    private final int dimensions;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment values;

    FeatureFile(Path file, int images, int places, int dimensions) {
        this.images = images;
        this.places = places;
        this.dimensions = dimensions;
        long bytes = (long) images * places * dimensions * Float.BYTES;
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            values = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
        } catch (IOException e) {
            arena.close();
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "%s cannot take the features of %d images (%,d bytes): %s. Free space or check the rights."
                            .formatted(file, images, bytes, e.getMessage()),
                    e);
        }
    }

    int images() {
        return images;
    }

    int places() {
        return places;
    }

    int dimensions() {
        return dimensions;
    }

    /** Stores the features of an image, {@code [places, dimensions]}. */
    void put(int image, float[] features) {
        MemorySegment.copy(features, 0, values, ValueLayout.JAVA_FLOAT, offset(image, 0), places * dimensions);
    }

    /** The features of a place in all images, {@code [images][dimensions]}. */
    float[][] place(int place) {
        float[][] samples = new float[images][dimensions];
        for (int image = 0; image < images; image++) {
            MemorySegment.copy(values, ValueLayout.JAVA_FLOAT, offset(image, place), samples[image], 0, dimensions);
        }
        return samples;
    }

    /** The features of one place in an image. */
    float[] patch(int image, int place) {
        float[] patch = new float[dimensions];
        MemorySegment.copy(values, ValueLayout.JAVA_FLOAT, offset(image, place), patch, 0, dimensions);
        return patch;
    }

    private long offset(int image, int place) {
        return ((long) image * places + place) * dimensions * Float.BYTES;
    }

    @Override
    public void close() {
        arena.close();
    }
}
