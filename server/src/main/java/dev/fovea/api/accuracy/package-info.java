/** How right models are in production, over HTTP: true labels, accuracy, business figures. */
@NullMarked
package dev.fovea.api.accuracy;

import org.jspecify.annotations.NullMarked;
