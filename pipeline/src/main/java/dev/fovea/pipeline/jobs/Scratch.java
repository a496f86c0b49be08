package dev.fovea.pipeline.jobs;

import java.nio.file.Path;

/** Gives out directories for work in progress, on the same disk as the home; leftovers of dead processes are swept. */
@FunctionalInterface
public interface Scratch {

    /** A new name, not yet created; the caller removes what it creates there. */
    Path next();
}
