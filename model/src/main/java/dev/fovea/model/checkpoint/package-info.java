/**
 * Learned weights as other tools save them: PyTorch's checkpoints and safetensors. A file is data here, never a
 * program: what is not on the list of things that tensors need is refused before anything is done.
 */
@NullMarked
package dev.fovea.model.checkpoint;

import org.jspecify.annotations.NullMarked;
