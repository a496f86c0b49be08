/** The demo: the whole path in a few minutes, on images that it draws itself. */
@NullMarked
package dev.fovea.cli.demo;

import org.jspecify.annotations.NullMarked;
