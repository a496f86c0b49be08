/** JSON values of the API, which the command line prints too. */
@NullMarked
package dev.fovea.api.view;

import org.jspecify.annotations.NullMarked;
