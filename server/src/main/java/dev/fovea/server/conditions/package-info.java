/** What a server knows of itself and its rooms, as conditions of alerts. */
@NullMarked
package dev.fovea.server.conditions;

import org.jspecify.annotations.NullMarked;
