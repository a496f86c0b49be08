/** Providers of vision services and their credentials, as configured. */
@NullMarked
package dev.fovea.remote.provider;

import org.jspecify.annotations.NullMarked;
