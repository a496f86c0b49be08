"""Writes a network of torchvision or timm as ONNX, images, and the gradients that PyTorch finds.

Usage: torch_gradients.py NAME FOLDER. FOLDER gets model.onnx, images.f32 and NAME.f32 for each parameter, all little
endian; standard output gets the shape of the images and a line for each parameter.
"""
import pathlib
import sys

import torch

EDGES = {"vit_tiny_patch16_224": 64}


def network(name):
    torch.manual_seed(3)
    if name.startswith("timm:"):
        import timm

        name = name[len("timm:"):]
        extra = {"img_size": EDGES[name]} if name in EDGES else {}
        return timm.create_model(name, pretrained=False, num_classes=10, **extra), EDGES.get(name, 96)
    import torchvision

    return getattr(torchvision.models, name)(weights=None, num_classes=10), 96


def main():
    name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    model, edge = network(name)
    model.eval()
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            # statistics as after learning; fresh ones are equal, and the exporter would store them once
            module.running_mean.normal_(0, 0.1)
            module.running_var.uniform_(0.5, 1.5)
    for parameter in model.parameters():
        parameter.data.add_(torch.randn_like(parameter) * 0.01)
    images = torch.rand(2, 3, edge, edge) * 2 - 1
    torch.nn.functional.cross_entropy(model(images), torch.zeros(2, dtype=torch.long)).backward()
    extra = {"dynamo": False} if "dynamo" in torch.onnx.export.__code__.co_varnames else {}
    torch.onnx.export(
        model,
        images,
        str(folder / "model.onnx"),
        input_names=["images"],
        output_names=["logits"],
        dynamic_axes={"images": {0: "batch"}, "logits": {0: "batch"}},
        opset_version=17,
        do_constant_folding=False,
        training=torch.onnx.TrainingMode.PRESERVE,
        **extra,
    )
    images.numpy().astype("<f4").tofile(folder / "images.f32")
    print("images", *images.shape)
    for key, parameter in model.named_parameters():
        if parameter.grad is not None:
            parameter.grad.numpy().astype("<f4").tofile(folder / (key + ".f32"))
            print("parameter", key)


if __name__ == "__main__":
    main()
