"""Quantizes a network with onnxruntime's own tools, as their documentation says: static, QDQ, one scale per channel.

usage: peer_quantize.py FP32.onnx TENSORS SHAPE OUT METHOD
TENSORS holds float32 values of as many inputs as fit, SHAPE is one input's, such as 1,3,224,224.
METHOD is MinMax, Entropy or Percentile. Needs onnxruntime, onnx and sympy from PyPI.
"""

import os
import sys
import tempfile

import numpy
import onnx
import onnx.version_converter
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process


class Tensors(CalibrationDataReader):
    def __init__(self, name, values):
        self.feeds = iter([{name: value} for value in values])

    def get_next(self):
        return next(self.feeds, None)


def main(fp32, tensors, shape, out, method):
    model = onnx.load(fp32)
    if model.opset_import[0].version < 13:  # scales per channel came with 13
        model = onnx.version_converter.convert_version(model, 13)
    carried = {tensor.name for tensor in model.graph.initializer}
    name = next(value.name for value in model.graph.input if value.name not in carried)
    values = numpy.fromfile(tensors, "<f4").reshape([-1] + [int(length) for length in shape.split(",")])
    with tempfile.TemporaryDirectory() as folder:
        upgraded, prepared = os.path.join(folder, "upgraded.onnx"), os.path.join(folder, "prepared.onnx")
        onnx.save(model, upgraded)
        quant_pre_process(upgraded, prepared, skip_symbolic_shape=True)
        quantize_static(
            prepared,
            out,
            Tensors(name, values),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod[method],
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
