package dev.fovea.training.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Einsum: {@code "bhid,bhjd->bhij"}. Two operands are one batched matrix product, more are taken pair by pair.
 *
 * @param operands the labels of each operand's axes
 * @param result the labels of the result's axes
 */
record EinsteinSum(List<String> operands, String result) {

    /** An array with a label for each axis. */
    private record Labelled(NDArray array, String labels) {

        long length(char label) {
            return array.getShape().get(labels.indexOf(label));
        }

        /** Sums over the axes that are not among the labels. */
        Labelled summed(String kept) {
            int[] gone = labels.chars()
                    .filter(c -> kept.indexOf(c) < 0)
                    .map(labels::indexOf)
                    .toArray();
            return gone.length == 0
                    ? this
                    : new Labelled(array.sum(gone, false), only(labels, c -> kept.indexOf(c) >= 0));
        }

        Labelled ordered(String wanted) {
            int[] order = wanted.chars().map(labels::indexOf).toArray();
            return wanted.equals(labels) ? this : new Labelled(array.transpose(order), wanted);
        }

        Shape shape(String some) {
            return new Shape(some.chars().mapToLong(c -> length((char) c)).toArray());
        }
    }

    /** Reads an equation; without an arrow the result has the labels that stand once, in alphabetical order. */
    static EinsteinSum of(String equation) {
        String[] sides = equation.replace(" ", "").split("->", -1);
        List<String> operands = List.of(sides[0].split(",", -1));
        String all = String.join("", operands);
        String implied = all.chars()
                .filter(c -> all.indexOf(c) == all.lastIndexOf(c))
                .sorted()
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        return new EinsteinSum(operands, sides.length > 1 ? sides[1] : implied);
    }

    /** Whether every operand names each of its axes once, which is what this computes. */
    boolean isPlain() {
        return operands.stream()
                .allMatch(labels -> labels.chars().allMatch(Character::isLetter)
                        && labels.chars().distinct().count() == labels.length());
    }

    NDArray apply(OperatorCall call) {
        if (!isPlain()) {
            throw call.unsupported("its equation has an ellipsis or a diagonal");
        }
        Labelled product = new Labelled(call.input(0), operands.getFirst());
        for (int i = 1; i < operands.size(); i++) {
            Labelled next = new Labelled(call.input(i), operands.get(i));
            String later = result + String.join("", operands.subList(i + 1, operands.size()));
            product = product(product, next, later);
        }
        return product.summed(result).ordered(result).array();
    }

    private static Labelled product(Labelled first, Labelled second, String later) {
        Labelled a = first.summed(later + second.labels());
        Labelled b = second.summed(later + first.labels());
        String shared = only(a.labels(), c -> b.labels().indexOf(c) >= 0);
        String batch = only(shared, c -> later.indexOf(c) >= 0);
        String inner = only(shared, c -> later.indexOf(c) < 0);
        String rows = only(a.labels(), c -> shared.indexOf(c) < 0);
        String columns = only(b.labels(), c -> shared.indexOf(c) < 0);
        NDArray left = a.ordered(batch + rows + inner)
                .array()
                .reshape(
                        a.shape(batch).size(),
                        a.shape(rows).size(),
                        a.shape(inner).size());
        NDArray right = b.ordered(batch + inner + columns)
                .array()
                .reshape(
                        b.shape(batch).size(),
                        b.shape(inner).size(),
                        b.shape(columns).size());
        List<Long> lengths = new ArrayList<>();
        batch.chars().forEach(c -> lengths.add(a.length((char) c)));
        rows.chars().forEach(c -> lengths.add(a.length((char) c)));
        columns.chars().forEach(c -> lengths.add(b.length((char) c)));
        NDArray joined = left.matMul(right)
                .reshape(lengths.stream().mapToLong(Long::longValue).toArray());
        return new Labelled(joined, batch + rows + columns);
    }

    private static String only(String labels, java.util.function.IntPredicate kept) {
        return labels.chars().filter(kept).mapToObj(Character::toString).collect(Collectors.joining());
    }
}
