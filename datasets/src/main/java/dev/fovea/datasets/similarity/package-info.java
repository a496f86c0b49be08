/** What images say about each other: near duplicates, outliers, bursts and leaks between splits. Pure. */
@NullMarked
package dev.fovea.datasets.similarity;

import org.jspecify.annotations.NullMarked;
