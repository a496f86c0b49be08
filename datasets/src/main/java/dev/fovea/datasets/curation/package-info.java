/** Data sets at work: images come in; versions are saved, compared, exported and verified. */
@NullMarked
package dev.fovea.datasets.curation;

import org.jspecify.annotations.NullMarked;
