@NullMarked
package dev.fovea.datasets.exchange.json;

import org.jspecify.annotations.NullMarked;
