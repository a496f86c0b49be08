package dev.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"UTF-8,''", "UTF-8,\ufeff", "UTF-16LE,\ufeff", "UTF-16BE,\ufeff"})
    void shouldReadUnicodeWithAMark(String charset, String mark) throws IOException {
        Path file = write(mark + "Käfer\r\nBlüte\r\n", Charset.forName(charset));
        assertThat(LabelFile.read(file)).containsExactly("Käfer", "Blüte");
    }

    @Test
    void shouldSayHowToConvertOtherText() throws IOException {
        Path file = write("Käfer\nBlüte\n", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> LabelFile.read(file))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID))
                .hasMessageContainingAll("not text in UTF-8", "iconv");
    }

    @Test
    void shouldNotSpeakOfTextWhereThereIsNoFile() {
        assertThatThrownBy(() -> LabelFile.read(folder.resolve("none.txt"))).hasMessageContaining("Check the path");
    }

    private Path write(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("labels.txt"), text.getBytes(charset));
    }
}
