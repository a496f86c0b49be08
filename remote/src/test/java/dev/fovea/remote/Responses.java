package dev.fovea.remote;

/** Responses of the services as their documentation shows them. */
public final class Responses {

    private Responses() {}

    /** Google Cloud Vision; zeros are left out, and one box extends past the frame. */
    public static final String GOOGLE = """
            {"responses": [{
              "labelAnnotations": [
                {"mid": "/m/0bt9lr", "description": "Dog", "score": 0.97, "topicality": 0.95},
                {"mid": "/m/0kpmf", "description": "Dog breed", "score": 0.91, "topicality": 0.4},
                {"mid": "/m/08t9c_", "description": "Grass", "score": 0.88}],
              "localizedObjectAnnotations": [
                {"mid": "/m/0bt9lr", "name": "Dog", "score": 0.93, "boundingPoly": {"normalizedVertices": [
                  {"y": 0.25}, {"x": 0.5, "y": 0.25}, {"x": 0.5, "y": 1.04}, {"y": 1.04}]}}]}]}""";

    /** Amazon Rekognition. */
    static final String AWS = """
            {"Labels": [
              {"Name": "Dog", "Confidence": 97.5, "Parents": [{"Name": "Animal"}], "Aliases": [], "Categories": [{"Name": "Animals and Pets"}],
               "Instances": [{"BoundingBox": {"Width": 0.5, "Height": 0.75, "Left": 0.0, "Top": 0.25}, "Confidence": 93.0}]},
              {"Name": "Grass", "Confidence": 88.0, "Parents": [], "Instances": []}],
             "LabelModelVersion": "3.0"}""";

    /** Azure Image Analysis 4.0. */
    static final String AZURE = """
            {"modelVersion": "2023-10-01", "metadata": {"width": 300, "height": 200},
             "tagsResult": {"values": [{"name": "grass", "confidence": 0.88}, {"name": "dog", "confidence": 0.97}]},
             "objectsResult": {"values": [
               {"boundingBox": {"x": 0, "y": 50, "w": 150, "h": 150}, "tags": [{"name": "dog", "confidence": 0.93}]}]}}""";

    /** Open Inference, classification extension, as Triton writes it. */
    public static final String CLASSIFIED = """
            {"model_name": "pets", "model_version": "1", "outputs": [
              {"name": "probabilities", "datatype": "BYTES", "shape": [1, 2], "data": ["0.970000:1:dog", "0.880000:0:grass"]}]}""";
}
