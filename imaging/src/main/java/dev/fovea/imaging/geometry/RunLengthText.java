package dev.fovea.imaging.geometry;

import java.util.ArrayList;
import java.util.List;

/**
 * COCO's compressed run lengths. From the fourth run on, each is a difference from the run two before. Values are
 * written in groups of five bits, lowest first, as characters from {@code '0'}; the sixth bit marks continuation.
 * Source: {@code rleToString} and {@code rleFrString} in pycocotools' {@code common/maskApi.c}. Pure.
 */
final class RunLengthText {

    private static final int FIRST = '0';
    private static final int MORE = 0x20;
    private static final int SIGN = 0x10;
    private static final int MAX_GROUPS = 7;

    private RunLengthText() {}

    static String write(int[] counts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < counts.length; i++) {
            long left = i > 2 ? (long) counts[i] - counts[i - 2] : counts[i];
            boolean more = true;
            while (more) {
                int group = (int) (left & 0x1f);
                left >>= 5;
                more = (group & SIGN) != 0 ? left != -1 : left != 0;
                text.append((char) (FIRST + (more ? group | MORE : group)));
            }
        }
        return text.toString();
    }

    static List<Integer> read(String text) {
        List<Integer> counts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            long value = 0;
            int groups = 0;
            boolean more = true;
            while (more) {
                int group = at < text.length() ? text.charAt(at++) - FIRST : -1;
                if (group < 0 || group >= 2 * MORE || groups == MAX_GROUPS) {
                    throw new IllegalArgumentException("no compressed run lengths: \"%s\"".formatted(text));
                }
                value |= (long) (group & 0x1f) << (5 * groups++);
                more = (group & MORE) != 0;
                if (!more && (group & SIGN) != 0) {
                    value |= -1L << (5 * groups);
                }
            }
            value += counts.size() > 2 ? counts.get(counts.size() - 2) : 0;
            counts.add(Math.toIntExact(value));
        }
        return counts;
    }
}
