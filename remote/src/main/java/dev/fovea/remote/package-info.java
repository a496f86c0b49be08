/** Remote vision services behind one interface, with limits on time, load and cost. */
@NullMarked
package dev.fovea.remote;

import org.jspecify.annotations.NullMarked;
