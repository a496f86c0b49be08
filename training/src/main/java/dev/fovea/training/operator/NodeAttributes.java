package dev.fovea.training.operator;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The attributes of one node, with ONNX's defaults. */
public final class NodeAttributes {

    private final Map<String, AttributeProto> attributes = new HashMap<>();

    /** Those that the node has. */
    public NodeAttributes(NodeProto node) {
        node.getAttributeList().forEach(a -> attributes.put(a.getName(), a));
    }

    boolean has(String name) {
        return attributes.containsKey(name);
    }

    long integer(String name, long absent) {
        AttributeProto attribute = attributes.get(name);
        return attribute == null ? absent : attribute.getI();
    }

    float number(String name, float absent) {
        AttributeProto attribute = attributes.get(name);
        return attribute == null ? absent : attribute.getF();
    }

    float[] numbers(String name) {
        AttributeProto attribute = attributes.get(name);
        float[] values = new float[attribute == null ? 0 : attribute.getFloatsCount()];
        for (int i = 0; i < values.length && attribute != null; i++) {
            values[i] = attribute.getFloats(i);
        }
        return values;
    }

    String text(String name, String absent) {
        AttributeProto attribute = attributes.get(name);
        return attribute == null ? absent : attribute.getS().toStringUtf8();
    }

    long[] integers(String name, long... absent) {
        AttributeProto attribute = attributes.get(name);
        return attribute == null
                ? absent
                : attribute.getIntsList().stream().mapToLong(Long::longValue).toArray();
    }

    Optional<TensorProto> tensor(String name) {
        AttributeProto attribute = attributes.get(name);
        return attribute == null ? Optional.empty() : Optional.of(attribute.getT());
    }
}
