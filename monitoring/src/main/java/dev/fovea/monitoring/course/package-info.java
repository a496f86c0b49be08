/** How the numbers of a version's images went over time, for people to look at. */
@NullMarked
package dev.fovea.monitoring.course;

import org.jspecify.annotations.NullMarked;
