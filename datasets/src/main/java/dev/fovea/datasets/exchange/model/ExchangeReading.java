package dev.fovea.datasets.exchange.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * A data set in the format of another tool that was recognised and surveyed. Faults of the whole set were errors before
 * there was a reading; faults of single images and objects become findings while the images are read, and the rest goes
 * on.
 */
public interface ExchangeReading {

    /** The format. */
    ExchangeFormat format();

    /** Task and classes. */
    ExchangeHeader header();

    /**
     * The images in the order of the files, read as they are consumed; the caller closes the stream. Sequential;
     * consumed by {@code forEach}, one image at a time is in memory (an {@code iterator()} may keep those of a whole
     * file). May be called again, which starts the findings anew.
     */
    Stream<ExchangedImage> images();

    /** What was found so far, complete when the images are consumed. */
    List<ReadFinding> findings();
}
