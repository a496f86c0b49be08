package dev.fovea.imaging.quality;

/**
 * What was measured of the image of a request while it was decoded for a model. The pixels are those that the decoder
 * gave for the model's contract, so that a JPEG of a contract with {@code decode: fast} is measured at the fraction of
 * its size at which it was decoded, and they are a sample of bounded size. Measures of one contract may be compared;
 * those of two contracts only in {@code file}.
 *
 * @param tones brightness, contrast, clipped shares
 * @param colors colourfulness and saturation
 * @param detail sharpness, noise and blockiness
 * @param file format, size, JPEG quality, camera
 */
public record InputMeasures(InputTones tones, InputColors colors, InputDetail detail, InputFile file) {}
