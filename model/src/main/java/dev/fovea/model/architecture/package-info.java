/**
 * Networks that are written as ONNX from learned weights, tensor by tensor, by the names that torchvision, timm and
 * EfficientNet-PyTorch give them.
 */
@NullMarked
package dev.fovea.model.architecture;

import org.jspecify.annotations.NullMarked;
