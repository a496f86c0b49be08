package dev.fovea.config;

import dev.fovea.config.binding.ByteSize;
import dev.fovea.config.binding.Key;
import dev.fovea.imaging.ImageLimits;
import java.time.Duration;

/** What a request may be. */
public record LimitSettings(
        @Key(value = "20MB", min = "1B", max = "1GiB", text = "Max size of an image file.")
        ByteSize maxImageSize,

        @Key(
                value = "100000000",
                min = "1",
                max = "1073741824",
                text = "Max pixels (width × height), as the file's header states them. 16-bit images count twice.")
        int maxImagePixels,

        @Key(
                value = "64MiB",
                min = "1KiB",
                max = "1GiB",
                text = "Max size of a request of the Open Inference Protocol, after decompression.")
        ByteSize maxRequestSize,

        @Key(
                value = "10s",
                min = "100ms",
                max = "10m",
                text = "Timeout for the header of a request. Slower connections are closed.")
        Duration headerTimeout,

        @Key(
                value = "10s",
                min = "1ms",
                max = "1h",
                text =
                        "Grace period of an upload. After it, uploads slower than 500 bytes per second get 408. All bodies together may take a quarter of the heap; more get 429.")
        Duration uploadGracePeriod) {

    /** Those of images. */
    public ImageLimits image() {
        return new ImageLimits(maxImageSize.bytes(), maxImagePixels);
    }
}
