/** What is done with data sets and labels, against the usual tools on the same data. */
@NullMarked
package dev.fovea.bench.data;

import org.jspecify.annotations.NullMarked;
