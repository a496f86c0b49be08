/** The prediction log: segments that are appended to, and Parquet files by model and day. */
@NullMarked
package dev.fovea.storage.traffic;

import org.jspecify.annotations.NullMarked;
