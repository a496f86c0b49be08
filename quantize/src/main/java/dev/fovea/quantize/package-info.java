/** FP32 networks made INT8, compared with the originals on held-out images, smaller and faster; or a reason why not. */
@NullMarked
package dev.fovea.quantize;

import org.jspecify.annotations.NullMarked;
