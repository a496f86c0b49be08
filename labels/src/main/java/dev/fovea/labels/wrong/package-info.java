/** Which labels are probably wrong: classes of whole images and boxes, ranked, with estimated shares. */
@NullMarked
package dev.fovea.labels.wrong;

import org.jspecify.annotations.NullMarked;
