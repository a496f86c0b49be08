package dev.fovea.pipeline.quantization;

import dev.fovea.evaluation.classification.FailedImage;
import dev.fovea.evaluation.classification.LabelledImage;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.runtime.session.ImageReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network is shown of calibration images: decoded once and kept in a mapped file, as it is looked at many times
 * and may be more than memory should hold.
 *
 * @param tensors of those that could be read; valid until this is closed
 * @param failed those that could not
 */
record CalibrationTensors(List<Tensor> tensors, List<FailedImage> failed, Arena arena) implements AutoCloseable {

    /** Reads images; the file lies in the directory, which must outlive this. */
    static CalibrationTensors read(
            List<LabelledImage> images, ImageReader reader, Path file, QuantizationProgress progress) {
        Arena arena = Arena.ofShared();
        List<FailedImage> failed = new ArrayList<>();
        List<Tensor> heads = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (LabelledImage image : images) {
                try {
                    Tensor tensor = reader.read(CandidateModel.read(image.file()));
                    heads.add(new Tensor(tensor.name(), tensor.type(), tensor.shape(), ByteBuffer.allocate(0)));
                    write(channel, tensor.bytes().duplicate());
                } catch (FoveaException e) {
                    failed.add(new FailedImage(image.file().toString(), e.code(), e.getMessage()));
                }
                progress.at("images", heads.size() + failed.size(), images.size());
            }
            MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new CalibrationTensors(mapped(heads, all), failed, arena);
        } catch (IOException e) {
            arena.close();
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "%s cannot be written: %s. Free space or check the rights.".formatted(file, e.getMessage()),
                    e);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static List<Tensor> mapped(List<Tensor> heads, MemorySegment all) {
        List<Tensor> tensors = new ArrayList<>();
        long length = heads.isEmpty() ? 0 : all.byteSize() / heads.size();
        for (Tensor head : heads) {
            ByteBuffer bytes = all.asSlice(tensors.size() * length, length).asByteBuffer();
            tensors.add(new Tensor(head.name(), head.type(), head.shape(), bytes));
        }
        return tensors;
    }

    @Override
    public void close() {
        arena.close();
    }
}
