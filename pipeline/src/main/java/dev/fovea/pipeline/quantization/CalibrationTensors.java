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
 * Input tensors of the calibration images. They are decoded once into a memory-mapped file, because they are read many
 * times and may not fit into memory.
 *
 * @param tensors of the images that could be read; valid until this is closed
 * @param failed images that could not be read
 */
record CalibrationTensors(List<Tensor> tensors, List<FailedImage> failed, Arena arena) implements AutoCloseable {

    /** Reads images into a new file, which must exist until this is closed. */
    static CalibrationTensors read(
            List<LabelledImage> images, ImageReader reader, Path file, QuantizationProgress progress) {
        Arena arena = Arena.ofShared();
        List<FailedImage> failed = new ArrayList<>();
        List<Tensor> metadata = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (LabelledImage image : images) {
                try {
                    Tensor tensor = reader.read(CandidateModel.read(image.file()));
                    metadata.add(new Tensor(tensor.name(), tensor.type(), tensor.shape(), ByteBuffer.allocate(0)));
                    write(channel, tensor.bytes().duplicate());
                } catch (FoveaException e) {
                    failed.add(new FailedImage(image.file().toString(), e.code(), e.getMessage()));
                }
                progress.at("images", metadata.size() + failed.size(), images.size());
            }
            MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new CalibrationTensors(mapped(metadata, all), failed, arena);
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

    private static List<Tensor> mapped(List<Tensor> metadata, MemorySegment all) {
        List<Tensor> tensors = new ArrayList<>();
        long length = metadata.isEmpty() ? 0 : all.byteSize() / metadata.size();
        for (Tensor entry : metadata) {
            ByteBuffer bytes = all.asSlice(tensors.size() * length, length).asByteBuffer();
            tensors.add(new Tensor(entry.name(), entry.type(), entry.shape(), bytes));
        }
        return tensors;
    }

    @Override
    public void close() {
        arena.close();
    }
}
