package dev.fovea.pipeline.request;

/** Replaces the paths of a request. */
public interface RequestPaths {

    /** Replaces a folder of images, or an image list's id. */
    String data(String field, String path);

    /** Replaces a file, or the folder that it is in. */
    String file(String field, String path);

    /** Replaces an ONNX file that is run in this process, unlike an import, which has a process of its own. */
    default String network(String field, String path) {
        return file(field, path);
    }
}
