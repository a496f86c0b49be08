"""Writes the files that CheckpointTest reads: python make.py DIRECTORY. Written with torch 2.15 and safetensors 0.8."""
import os, sys, torch
from collections import OrderedDict
from safetensors.torch import save_file
out=sys.argv[1]; os.makedirs(out,exist_ok=True)
a=torch.arange(6,dtype=torch.float32).reshape(2,3)
conv=torch.arange(2*3*2*2,dtype=torch.float32).reshape(2,3,2,2)
sd=OrderedDict([("linear.weight",a),("linear.bias",torch.tensor([0.5,-0.25])),("bn.num_batches_tracked",torch.tensor(7))])
torch.save(sd,f"{out}/zip.pth")
torch.save(sd,f"{out}/legacy.pth",_use_new_zipfile_serialization=False)
torch.save({"epoch":3,"state_dict":OrderedDict(("module."+k,v) for k,v in sd.items()),"lr":0.1},f"{out}/training.pth")
torch.save({"half":a.half(),"bfloat":a.bfloat16(),"double":a.double()},f"{out}/types.pth")
torch.save({"conv":conv.contiguous(memory_format=torch.channels_last),"transposed":a.clone().t(),"part":torch.arange(10.)[4:8],"tied":a,"tied2":a},f"{out}/views.pth")
m=torch.nn.Sequential(torch.nn.Linear(3,2)); m[0].weight.data=a; m[0].bias.data=torch.tensor([.5,-.25])
torch.save({k:v for k,v in m.named_parameters()},f"{out}/parameters.pth")
save_file({k:v.contiguous() for k,v in sd.items()},f"{out}/plain.safetensors")
save_file({"half":a.half(),"bfloat":a.bfloat16()},f"{out}/types.safetensors")
class Evil:
    def __reduce__(self): return (os.system,("touch /tmp/fovea-owned",))
torch.save({"w":a,"x":Evil()},f"{out}/evil.pth")
torch.save({"w":a,"x":Evil()},f"{out}/evil-legacy.pth",_use_new_zipfile_serialization=False)
torch.save(m,f"{out}/module.pth")
torch.save({"w":torch.zeros(1).expand(1<<20,1<<20)},f"{out}/expanded.pth")
torch.save({"w":torch.as_strided(torch.arange(8.),(4,4),(1,1))},f"{out}/overlapping.pth")
