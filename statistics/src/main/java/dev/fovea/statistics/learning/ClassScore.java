package dev.fovea.statistics.learning;

/** A score of a confusion matrix of weighted images, from 0 to 1, such as accuracy or the recall of a class. */
@FunctionalInterface
public interface ClassScore {

    /**
     * The score.
     *
     * @param confusion {@code [K][K]}, row = truth, sums of the images' weights
     */
    double of(double[][] confusion);

    /** The share of the images that are right. */
    static ClassScore accuracy() {
        return confusion -> {
            double right = 0;
            double all = 0;
            for (int k = 0; k < confusion.length; k++) {
                right += confusion[k][k];
                all += row(confusion, k);
            }
            return all > 0 ? right / all : 0;
        };
    }

    /** The mean recall of the classes with images. */
    static ClassScore balancedAccuracy() {
        return confusion -> {
            double sum = 0;
            int present = 0;
            for (int k = 0; k < confusion.length; k++) {
                double all = row(confusion, k);
                sum += all > 0 ? confusion[k][k] / all : 0;
                present += all > 0 ? 1 : 0;
            }
            return present > 0 ? sum / present : 0;
        };
    }

    /** The mean F1 of the classes with images. */
    static ClassScore macroF1() {
        return confusion -> {
            double sum = 0;
            int present = 0;
            for (int k = 0; k < confusion.length; k++) {
                double all = row(confusion, k);
                sum += all > 0 ? f1(confusion, k) : 0;
                present += all > 0 ? 1 : 0;
            }
            return present > 0 ? sum / present : 0;
        };
    }

    /** The share of a class's images that are found. */
    static ClassScore recall(int label) {
        return confusion -> {
            double all = row(confusion, label);
            return all > 0 ? confusion[label][label] / all : 0;
        };
    }

    /** The share of a class's predictions that are right; 0 without predictions. */
    static ClassScore precision(int label) {
        return confusion -> {
            double all = column(confusion, label);
            return all > 0 ? confusion[label][label] / all : 0;
        };
    }

    /** The harmonic mean of precision and recall of a class. */
    static ClassScore f1(int label) {
        return confusion -> f1(confusion, label);
    }

    private static double f1(double[][] confusion, int label) {
        double both = row(confusion, label) + column(confusion, label);
        return both > 0 ? 2 * confusion[label][label] / both : 0;
    }

    private static double row(double[][] confusion, int label) {
        double sum = 0;
        for (double count : confusion[label]) {
            sum += count;
        }
        return sum;
    }

    private static double column(double[][] confusion, int label) {
        double sum = 0;
        for (double[] row : confusion) {
            sum += row[label];
        }
        return sum;
    }
}
