/** Label Studio's ML-backend protocol: its labelling configuration, its regions and its references to images. */
@NullMarked
package dev.fovea.labels.studio;

import org.jspecify.annotations.NullMarked;
