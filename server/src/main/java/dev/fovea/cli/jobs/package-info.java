/** Commands about jobs. */
@NullMarked
package dev.fovea.cli.jobs;

import org.jspecify.annotations.NullMarked;
