package dev.fovea.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Crop;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Rounding;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.imaging.TensorFormat.ElementType;
import dev.fovea.imaging.TensorFormat.Layout;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingContractJsonTest {

    private static final String RESIZE =
            "{'fit':'shortest-edge','size':[256],'filter':'bilinear','engine':'pillow'}".replace('\'', '"');
    private static final String VALID = "{'color':'RGB','resize':RESIZE,'crop':{'center':[224]}}";

    @Property
    void shouldReadWhatItWrote(
            @ForAll long seed,
            @ForAll Orientation orientation,
            @ForAll ColorOrder color,
            @ForAll Layout layout,
            @ForAll ElementType type,
            @ForAll DecodeMode decode) {
        Random random = new Random(seed);
        Resize resize = resize(random);
        PreprocessingContract contract = new PreprocessingContract(
                orientation,
                color,
                random.nextBoolean()
                        ? new Alpha.Drop()
                        : new Alpha.Over(byteOf(random), byteOf(random), byteOf(random)),
                resize,
                resize.fixedSize().isEmpty() || random.nextBoolean()
                        ? Optional.of(new Crop(
                                new Size(1 + random.nextInt(32), 1 + random.nextInt(32)),
                                random.nextBoolean() ? Rounding.DOWN : Rounding.NEAREST))
                        : Optional.empty(),
                new TensorFormat(
                        random.nextDouble() + 1e-9,
                        random.doubles(color.channels(), -500, 500).boxed().toList(),
                        random.doubles(color.channels(), 1e-6, 500).boxed().toList(),
                        layout,
                        type),
                decode);
        assertThat(PreprocessingContractJson.read(PreprocessingContractJson.write(contract)))
                .isEqualTo(contract);
    }

    private static Resize resize(Random random) {
        Resize.Filter filter = Resize.Filter.values()[random.nextInt(Resize.Filter.values().length)];
        Resize.ResizeEngine engine = Resize.ResizeEngine.values()[random.nextInt(Resize.ResizeEngine.values().length)];
        Size size = new Size(32 + random.nextInt(500), 32 + random.nextInt(500));
        return switch (random.nextInt(3)) {
            case 0 ->
                new Resize.ShortestEdge(
                        size.height(), random.nextBoolean() ? Rounding.DOWN : Rounding.NEAREST, filter, engine);
            case 1 -> new Resize.Stretch(size, filter, engine);
            default ->
                new Resize.Letterbox(
                        size,
                        filter,
                        engine,
                        byteOf(random),
                        Resize.Anchor.values()[random.nextInt(Resize.Anchor.values().length)]);
        };
    }

    private static int byteOf(Random random) {
        return random.nextInt(256);
    }

    @Test
    void shouldFillInTheStatedDefaults() {
        PreprocessingContract contract = read(VALID);
        assertThat(contract.orientation()).isEqualTo(Orientation.EXIF);
        assertThat(contract.alpha()).isEqualTo(Alpha.WHITE);
        assertThat(contract.tensor().scale()).isEqualTo(1 / 255.0);
        assertThat(contract.tensor().mean()).isEqualTo(List.of(0.0, 0.0, 0.0));
        assertThat(contract.tensor().std()).isEqualTo(List.of(1.0, 1.0, 1.0));
        assertThat(contract.tensor().layout()).isEqualTo(Layout.NCHW);
        assertThat(contract.tensor().type()).isEqualTo(ElementType.FLOAT32);
        assertThat(contract.decode()).isEqualTo(DecodeMode.EXACT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'resize':RESIZE,'crop':{'center':[224]}}                                    | contract.color is missing
            {'color':'RGB','crop':{'center':[224]}}                                      | contract.resize is missing
            {'color':'RGB','resize':RESIZE,'crop':{'center':[224]},'mena':[0,0,0]}       | contract.mena is not known
            {'color':'RGB','resize':RESIZE,'crop':{'centre':[224]}}                      | contract.crop.center is missing
            {'color':'RGB','resize':RESIZE}                                              | add crop
            {'color':'RGB','resize':RESIZE,'crop':{'center':[257]}}                      | crop [257, 257] is larger
            {'color':'CMYK','resize':RESIZE,'crop':{'center':[224]}}                     | contract.color must be one of rgb, bgr, gray but is "CMYK"
            {'color':3,'resize':RESIZE,'crop':{'center':[224]}}                          | contract.color must be one of rgb, bgr, gray but is 3
            {'color':'RGB','resize':RESIZE,'crop':{'center':[224]},'scale':'1/255'}      | contract.scale must be a number
            {'color':'RGB','resize':RESIZE,'crop':{'center':[224]},'scale':0}            | scale is 0.0
            {'color':'RGB','resize':RESIZE,'crop':{'center':[224]},'scale':1e999}        | contract.scale must be a number but is
            {'color':'RGB','resize':RESIZE,'crop':{'center':[224]},'std':[1,0,1]}        | std [1.0, 0.0, 1.0] contains a 0
            {'color':'RGB','resize':RESIZE,'crop':{'center':[224]},'mean':[0.5]}         | mean has 1 values but color RGB has 3
            {'color':'GRAY','resize':RESIZE,'crop':{'center':[224]},'std':[1,1,1]}       | std has 3 values but color GRAY has 1
            {'color':'RGB','resize':RESIZE,'crop':{'center':[224]},'mean':[0,'a',0]}     | contract.mean[1] must be a number but is "a"
            {'color':'RGB','resize':RESIZE,'crop':{'center':[224.5]}}                    | contract.crop.center[0] must be a whole number but is 224.5
            {'color':'RGB','resize':RESIZE,'crop':{'center':[1,2,3]}}                    | contract.crop.center: [1, 2, 3] must be [edge] or
            {'color':'RGB','resize':RESIZE,'crop':{'center':[0]}}                        | size [0, 0] is outside
            {'color':'RGB','resize':RESIZE,'crop':{'center':[224]},'alpha':'white'}      | contract.alpha: "white" must be "drop" or
            {'color':'RGB','resize':{'fit':'stretch'}}                                   | contract.resize.size is missing
            {'color':'RGB','resize':{'fit':'cover'}}                                     | contract.resize.fit is "cover"; it must be one of shortest-edge, stretch
            {'color':'RGB','resize':[256]}                                               | contract.resize must be an object
            []                                                                           | contract must be an object
            {'color':                                                                    | not JSON
            """)
    void shouldNameTheFieldThatIsWrong(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTRACT_INVALID))
                .hasMessageContaining(message);
    }

    private static PreprocessingContract read(String json) {
        return PreprocessingContractJson.read(json.replace('\'', '"').replace("RESIZE", RESIZE));
    }
}
