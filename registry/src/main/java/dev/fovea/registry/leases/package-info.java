/** Which of the servers of a home does what one of them does for all. */
@NullMarked
package dev.fovea.registry.leases;

import org.jspecify.annotations.NullMarked;
