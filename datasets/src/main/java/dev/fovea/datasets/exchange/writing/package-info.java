/** What writers of annotation formats share: losses, names, images, the folder that appears whole or not at all. */
@NullMarked
package dev.fovea.datasets.exchange.writing;

import org.jspecify.annotations.NullMarked;
