package dev.fovea.bench.learn;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What logistic regression of scikit-learn 1.9.1 reaches on standardised features of ONNX Runtime 1.32, measured on a
 * machine of two cores in November 2026.
 *
 * @param accuracy with all training images
 * @param macroF1 the same
 * @param fewImages accuracy by the number of training images of each class
 */
record ProbeReference(double accuracy, double macroF1, Map<Integer, Double> fewImages) {

    /** Of a network and a set; empty where none was measured. */
    static Optional<ProbeReference> of(String network, String set) {
        return switch (network + " " + set) {
            case "squeezenet flowers5" ->
                Optional.of(new ProbeReference(.711, .706, few(.411, .501, .606, .645, .661, .680)));
            case "squeezenet neu-det" -> Optional.of(new ProbeReference(.984, .985, few(.872, .931, .966, .976, .986)));
            case "efficientnet-lite0 flowers5" ->
                Optional.of(new ProbeReference(.749, .757, few(.408, .548, .649, .696, .706, .727)));
            case "efficientnet-lite0 neu-det" ->
                Optional.of(new ProbeReference(.994, .994, few(.843, .936, .970, .986, .991)));
            default -> Optional.empty();
        };
    }

    private static Map<Integer, Double> few(double... accuracies) {
        int[] counts = {5, 10, 25, 50, 100, 200};
        Map<Integer, Double> few = new TreeMap<>();
        for (int i = 0; i < accuracies.length; i++) {
            few.put(counts[i], accuracies[i]);
        }
        return few;
    }
}
