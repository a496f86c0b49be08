package dev.fovea.quantize.numeric;

/** The running mean of each channel (axis 1) of a tensor. */
final class ChannelMeans {

    private double[] sums = {};
    private long perChannel;

    /** Adds a tensor of so many channels' values, whose first axis is the batch; other numbers of channels are new. */
    void add(float[] values, long[] shape) {
        if (shape.length < 2 || values.length == 0) {
            return;
        }
        int channels = (int) shape[1];
        int length = (int) (values.length / (shape[0] * channels));
        if (sums.length != channels) {
            sums = new double[channels];
            perChannel = 0;
        }
        int index = 0;
        for (int item = 0; item < shape[0]; item++) {
            for (int channel = 0; channel < channels; channel++) {
                double sum = 0;
                for (int i = 0; i < length; i++) {
                    sum += values[index++];
                }
                sums[channel] += sum;
            }
        }
        perChannel += shape[0] * length;
    }

    /** One mean per channel; empty for a tensor without channels. */
    double[] means() {
        double[] means = sums.clone();
        for (int i = 0; i < means.length; i++) {
            means[i] /= perChannel;
        }
        return means;
    }
}
