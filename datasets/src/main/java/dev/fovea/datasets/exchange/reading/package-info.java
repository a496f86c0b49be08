/** What readers of annotation formats share: annotations as stated, survey, conversion to upright pixels, findings. */
@NullMarked
package dev.fovea.datasets.exchange.reading;

import org.jspecify.annotations.NullMarked;
