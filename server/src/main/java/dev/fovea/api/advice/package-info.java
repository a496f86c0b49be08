/** Which way to a model at all, over HTTP. */
@NullMarked
package dev.fovea.api.advice;

import org.jspecify.annotations.NullMarked;
