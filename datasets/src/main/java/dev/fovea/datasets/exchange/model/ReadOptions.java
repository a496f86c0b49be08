package dev.fovea.datasets.exchange.model;

import dev.fovea.datasets.annotation.ImageTask;
import java.util.Optional;

/**
 * How a data set is read where its files do not say enough or say something wrong.
 *
 * @param rescale scale boxes that are stated for an image of another size
 * @param boxes what the four numbers of a box mean; empty for what the format says
 * @param pixels whether coordinates are pixels (true) or shares of the edges (false); empty for what the format says
 * @param classShift is added to each class number: −1 where a file counts from 1
 * @param task read as; empty for the richest task that the annotations allow
 * @param format read as; empty to recognise it
 */
public record ReadOptions(
        boolean rescale,
        Optional<BoxReading> boxes,
        Optional<Boolean> pixels,
        int classShift,
        Optional<ImageTask> task,
        Optional<ExchangeFormat> format) {

    /** Everything as the files say. */
    public static final ReadOptions DEFAULT =
            new ReadOptions(false, Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty());

    /** The same with boxes scaled to the size of their image. */
    public ReadOptions withRescale() {
        return new ReadOptions(true, boxes, pixels, classShift, task, format);
    }

    /** The same with boxes read another way. */
    public ReadOptions withBoxes(BoxReading reading) {
        return new ReadOptions(rescale, Optional.of(reading), pixels, classShift, task, format);
    }

    /** The same with coordinates in pixels, or in shares of the edges. */
    public ReadOptions withPixels(boolean absolute) {
        return new ReadOptions(rescale, boxes, Optional.of(absolute), classShift, task, format);
    }

    /** The same with a number added to each class number. */
    public ReadOptions withClassShift(int shift) {
        return new ReadOptions(rescale, boxes, pixels, shift, task, format);
    }

    /** The same with annotations reduced to a task. */
    public ReadOptions withTask(ImageTask wanted) {
        return new ReadOptions(rescale, boxes, pixels, classShift, Optional.of(wanted), format);
    }

    /** The same with a format that is not recognised but stated. */
    public ReadOptions withFormat(ExchangeFormat stated) {
        return new ReadOptions(rescale, boxes, pixels, classShift, task, Optional.of(stated));
    }
}
