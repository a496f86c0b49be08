/** Requests at a stated rate to a server, and what became of them. */
@NullMarked
package dev.fovea.load;

import org.jspecify.annotations.NullMarked;
