/** FP32 networks made INT8, with proof that they are as good, smaller and faster; or a reason why not. */
@NullMarked
package dev.fovea.quantize;

import org.jspecify.annotations.NullMarked;
