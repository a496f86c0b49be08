/** What people do with data sets: add images, tag, split, save and compare versions, forget, verify. */
@NullMarked
package dev.fovea.datasets.curation;

import org.jspecify.annotations.NullMarked;
