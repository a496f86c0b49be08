/** Job requests of commands, the API and storage. */
@NullMarked
package dev.fovea.pipeline.request;

import org.jspecify.annotations.NullMarked;
