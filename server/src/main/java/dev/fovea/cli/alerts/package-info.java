/** Commands about alerts. */
@NullMarked
package dev.fovea.cli.alerts;

import org.jspecify.annotations.NullMarked;
