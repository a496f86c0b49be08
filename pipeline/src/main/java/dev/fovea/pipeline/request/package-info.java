/** What jobs are to do, as commands, the API and storage state it. */
@NullMarked
package dev.fovea.pipeline.request;

import org.jspecify.annotations.NullMarked;
