/** The report on a folder of images, as a table and as JSON. */
@NullMarked
package dev.fovea.datasets.report;

import org.jspecify.annotations.NullMarked;
