/** What stands before the framework: keys, limits, body coding, error responses, security headers. */
@NullMarked
package dev.fovea.edge;

import org.jspecify.annotations.NullMarked;
