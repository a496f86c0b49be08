package dev.fovea.storage.traffic;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the Parquet files are: in a directory, or in S3. Thread-safe. */
interface PartFiles {

    /**
     * A file.
     *
     * @param bytes its size
     */
    record Part(PartName name, long bytes) {}

    /** All files of a model, or of all models for an empty name; in the order of models, days and names. */
    List<Part> list(String model);

    /** Adds a file under a name, or replaces it; the local file is moved or removed. */
    void publish(PartName name, Path file) throws IOException;

    /** A local path to read a file from. Empty models and days leave no trace. */
    Path local(Part part) throws IOException;

    /** Removes a file; does nothing when there is none. */
    void remove(PartName name);

    /** Moves a damaged file to where nothing reads it, and says where. */
    String setAside(PartName name) throws IOException;
}
