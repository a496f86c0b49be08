/** What a team calls good enough, stated before anything is trained. */
@NullMarked
package dev.fovea.pipeline.bar;

import org.jspecify.annotations.NullMarked;
