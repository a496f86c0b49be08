/** Model versions, aliases, lineage, audit. */
@NullMarked
package dev.fovea.registry;

import org.jspecify.annotations.NullMarked;
