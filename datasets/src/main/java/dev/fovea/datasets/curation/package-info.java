/** What a set of images says about its members: near duplicates, outliers, bursts and leaks between splits. */
@NullMarked
package dev.fovea.datasets.curation;

import org.jspecify.annotations.NullMarked;
