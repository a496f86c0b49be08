/** Finds changes of one version's traffic from its blocks: what is quiet, the tests, their evidence, and the alarm. */
@NullMarked
package dev.fovea.monitoring.drift.detector;

import org.jspecify.annotations.NullMarked;
