/** Versions of data sets as hash trees: equal content has an equal id, and a change costs what it touches. */
@NullMarked
package dev.fovea.datasets.tree;

import org.jspecify.annotations.NullMarked;
