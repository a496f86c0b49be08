/** Which way to a working classifier fits a team: the ways, what rules each out, their costs and risks. */
@NullMarked
package dev.fovea.pipeline.advice;

import org.jspecify.annotations.NullMarked;
