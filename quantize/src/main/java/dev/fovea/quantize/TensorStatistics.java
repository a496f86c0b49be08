package dev.fovea.quantize;

/**
 * What was seen of one tensor.
 *
 * @param values how often which
 * @param channels the mean of each channel
 */
record TensorStatistics(ValueHistogram values, ChannelMeans channels) {}
