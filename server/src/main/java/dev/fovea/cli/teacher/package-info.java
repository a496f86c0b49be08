/** The options of distillation. */
@NullMarked
package dev.fovea.cli.teacher;

import org.jspecify.annotations.NullMarked;
