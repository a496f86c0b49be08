package dev.fovea.datasets.formats;

import dev.fovea.datasets.formats.DetectionFindings.Counter;
import java.util.List;

/** Reads the annotations of one format that was recognised in a folder. */
interface AnnotationReader {

    /** The format. */
    DetectionFormat format();

    /** The classes' names by number; empty where the data set does not name them. */
    List<String> classes();

    /** Whether boxes bear names; numbers otherwise. */
    boolean named();

    /**
     * Every annotated image, ordered by its path.
     *
     * @param counter of what is left out
     * @throws dev.fovea.fault.FoveaException {@code DATASET_INVALID} with file and line
     */
    List<Annotated> read(Counter counter);
}
