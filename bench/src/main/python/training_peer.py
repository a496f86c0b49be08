"""PyTorch's own training of torchvision's MobileNetV2, and the same network as ONNX.

Usage: training_peer.py export FILE EDGE CLASSES
       training_peer.py train EDGE CLASSES BATCH STEPS   prints images per second, of batches that are in memory
"""
import os
import sys
import time

import torch
import torchvision


def network(classes):
    torch.manual_seed(1)
    return torchvision.models.mobilenet_v2(weights=None, num_classes=classes)


def export(file, edge, classes):
    model = network(classes).eval()
    for index, module in enumerate(m for m in model.modules() if isinstance(m, torch.nn.BatchNorm2d)):
        # equal tensors would be stored once
        module.running_mean.normal_(0, 0.1)
        module.running_var.uniform_(0.5, 1.5)
        module.weight.data.uniform_(0.9, 1.1)
        module.bias.data.normal_(0, 0.01)
    extra = {"dynamo": False} if "dynamo" in torch.onnx.export.__code__.co_varnames else {}
    torch.onnx.export(
        model,
        torch.zeros(2, 3, edge, edge),
        file,
        input_names=["images"],
        output_names=["logits"],
        dynamic_axes={"images": {0: "batch"}, "logits": {0: "batch"}},
        opset_version=17,
        do_constant_folding=False,
        training=torch.onnx.TrainingMode.PRESERVE,
        **extra,
    )


def train(edge, classes, batch, steps):
    torch.set_num_threads(os.cpu_count())
    model = network(classes).train().to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.05)
    loss = torch.nn.CrossEntropyLoss()
    images = torch.rand(batch, 3, edge, edge).to(memory_format=torch.channels_last)
    labels = torch.arange(batch) % classes
    for step in range(steps + 3):
        if step == 3:
            start = time.perf_counter()
        optimizer.zero_grad()
        loss(model(images), labels).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimizer.step()
    print("images_per_second", batch * steps / (time.perf_counter() - start))


if __name__ == "__main__":
    if sys.argv[1] == "export":
        export(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        train(*map(int, sys.argv[2:]))
