package dev.fovea.pipeline.jobs;

import java.nio.file.Path;

/** Creates directories for work in progress on the disk of the home. Directories of dead processes are removed. */
@FunctionalInterface
public interface Scratch {

    /** A new name, not yet created; the caller removes what it creates there. */
    Path next();
}
