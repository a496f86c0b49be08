package dev.fovea.pipeline.request;

/** What is put in place of the paths of a request. */
public interface RequestPaths {

    /** In place of a folder of images, or of a data set version's id. */
    String data(String field, String path);

    /** In place of a file, or of the folder that it is in. */
    String file(String field, String path);
}
