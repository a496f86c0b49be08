@NullMarked
package dev.fovea.datasets.exchange;

import org.jspecify.annotations.NullMarked;
