/** Verdicts and reports of detectors and multi-label models. */
@NullMarked
package dev.fovea.evaluation.report;

import org.jspecify.annotations.NullMarked;
