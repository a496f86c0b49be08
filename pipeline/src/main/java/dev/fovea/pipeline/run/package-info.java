/** Runs: what each training was told, how it went, and what came of it. */
@NullMarked
package dev.fovea.pipeline.run;

import org.jspecify.annotations.NullMarked;
