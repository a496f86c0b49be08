package dev.fovea.protocol;

import java.util.Optional;

/**
 * A requested output.
 *
 * @param name as in the model
 * @param binary whether as bytes behind the JSON; empty leaves it to the request's own default
 * @param classes the number of best classes to give as texts in place of the tensor; 0 gives the tensor
 */
public record RequestedOutput(String name, Optional<Boolean> binary, int classes) {}
