package dev.fovea.model.decoder;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * NanoDet and NanoDet-Plus (RangiLyu/nanodet, {@code nanodet_plus_head.py} and {@code gfl_head.py}): per cell K class
 * scores and four distributions of {@code regMax + 1} values each. A softmax over a distribution weighs the distances 0
 * to {@code regMax}, in strides, from the cell's anchor point to the left, upper, right and lower edge (distribution
 * focal loss, Li et al. 2020, arXiv:2006.04388).
 *
 * @param outputs one output {@code [1,N,K+4·(regMax+1)]}, cells stride by stride; or, in the older form, the scores
 *     {@code [1,n,K]} of each stride and then the distributions {@code [1,n,4·(regMax+1)]} of each
 * @param strides in pixels, in the order of the output; a grid has {@code ceil(size / stride)} cells
 * @param regMax the largest distance in strides, 7 in the published networks
 * @param offset of a cell's anchor point from its upper left corner, in strides: 0 for NanoDet-Plus, 0.5 for NanoDet
 * @param activation what is left to do to the scores; exports end in the sigmoid
 */
public record NanoDet(
        List<String> outputs,
        List<Integer> strides,
        int regMax,
        double offset,
        ScoreActivation activation,
        @JsonUnwrapped Selection selection)
        implements DecoderConfig {

    public NanoDet {
        outputs = List.copyOf(outputs);
        strides = List.copyOf(strides);
        DecoderConfig.require(!strides.isEmpty(), "strides is empty");
        strides.forEach(stride -> DecoderConfig.requirePositive("strides", stride));
        DecoderConfig.require(
                outputs.size() == 1 || outputs.size() == 2 * strides.size(),
                "outputs has %d names; it must have 1, or 2 for each of the %d strides"
                        .formatted(outputs.size(), strides.size()));
        DecoderConfig.requirePositive("reg-max", regMax);
        DecoderConfig.require(offset >= 0 && offset < 1, "offset is %s; it must be from 0 to 1".formatted(offset));
        DecoderConfig.require(
                activation != ScoreActivation.SOFTMAX, "activation is softmax; it must be none or sigmoid");
    }

    /** The count of values per box. */
    public int distances() {
        return 4 * (regMax + 1);
    }

    NanoDet with(Selection other) {
        return new NanoDet(outputs, strides, regMax, offset, activation, other);
    }
}
