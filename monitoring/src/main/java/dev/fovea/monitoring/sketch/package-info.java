/** Traffic in bounded memory: sketches of each version's minutes, which add up over servers and time. */
@NullMarked
package dev.fovea.monitoring.sketch;

import org.jspecify.annotations.NullMarked;
