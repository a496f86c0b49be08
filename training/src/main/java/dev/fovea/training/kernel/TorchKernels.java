package dev.fovea.training.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * Kernels that do in one pass over memory what the engine's Java interface does in several: clipping whose gradient is
 * one kernel in place of five, AdamW fused, norms and averages of many arrays in one call.
 *
 * <p>Freed with the manager that it is made for. Not thread-safe.
 */
public final class TorchKernels {

    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    /** Written as the engine's own exporter writes it. */
    private static final String SOURCE = """
            class Kernels(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Kernels,
                x: Tensor,
                low: Tensor,
                high: Tensor) -> Tensor:
                return torch.hardtanh(x, float(low), float(high))
              def adamw(self: __torch__.Kernels,
                w: List[Tensor],
                g: List[Tensor],
                m: List[Tensor],
                v: List[Tensor],
                steps: List[Tensor],
                rate: float,
                decay: float,
                scale: Tensor) -> NoneType:
                torch._foreach_add_(steps, 1.)
                torch._fused_adamw_(w, g, m, v, annotate(List[Tensor], []), steps, lr=rate, beta1=%s, beta2=%s, weight_decay=decay, eps=%s, amsgrad=False, maximize=False, grad_scale=scale)
                return None
              def average(self: __torch__.Kernels,
                mean: List[Tensor],
                now: List[Tensor],
                share: float) -> NoneType:
                torch._foreach_lerp_(mean, now, share)
                return None
              def assign(self: __torch__.Kernels,
                to: List[Tensor],
                values: List[Tensor]) -> NoneType:
                for _0 in range(torch.len(to)):
                  _1 = torch.copy_(to[_0], values[_0])
                return None
              def clear(self: __torch__.Kernels,
                g: List[Tensor]) -> NoneType:
                for _0 in range(torch.len(g)):
                  _1 = torch.zero_(g[_0])
                return None
              def norm(self: __torch__.Kernels,
                g: List[Tensor]) -> float:
                squares = 0.
                for _0 in range(torch.len(g)):
                  n = float(torch.linalg_vector_norm(g[_0]))
                  squares0 = torch.add(squares, torch.mul(n, n))
                  squares = squares0
                return torch.pow(squares, 0.5)
            """.formatted(FIRST_DECAY, SECOND_DECAY, EPSILON);

    /** Arrays of as many parameters. */
    public record AdamMoments(List<NDArray> weights, List<NDArray> first, List<NDArray> second, List<NDArray> steps) {}

    private final PtSymbolBlock script;

    /** Kernels that live as long as a manager. */
    public TorchKernels(NDManager owner) {
        // Profiling and fusing cost more than these few operators take.
        JniUtils.setGraphExecutorOptimize(false);
        try {
            this.script = JniUtils.loadModule(
                    (PtNDManager) owner, new ByteArrayInputStream(ScriptArchive.of(SOURCE)), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Values between two bounds, 32-bit; the gradient is 0 at and beyond them, as that of PyTorch's ReLU6. */
    public NDArray clip(NDArray x, float low, float high) {
        NDManager pass = x.getManager();
        return IValueUtils.forward(script, new NDList(x, pass.create(low), pass.create(high)), true)
                .singletonOrThrow();
    }

    /** The Euclidean norm over all arrays. */
    public double norm(List<NDArray> arrays) {
        try (IValue list = list(arrays);
                IValue result = IValueUtils.runMethod(script, "norm", list)) {
            return result.toDouble();
        }
    }

    /** Makes all zero. */
    public void clear(List<NDArray> arrays) {
        try (IValue list = list(arrays)) {
            IValueUtils.runMethod(script, "clear", list).close();
        }
    }

    /** Copies values into arrays of the same shapes, whatever their order in memory. */
    public void assign(List<NDArray> to, List<NDArray> values) {
        try (IValue target = list(to);
                IValue source = list(values)) {
            IValueUtils.runMethod(script, "assign", target, source).close();
        }
    }

    /** Moves each of {@code means} by a share of its distance towards the value in {@code now}. */
    public void average(List<NDArray> means, List<NDArray> now, double share) {
        try (IValue mean = list(means);
                IValue value = list(now);
                IValue part = IValue.from(share)) {
            IValueUtils.runMethod(script, "average", mean, value, part).close();
        }
    }

    /**
     * A step of AdamW (Loshchilov and Hutter 2019, <i>Decoupled Weight Decay Regularization</i>, algorithm 2).
     *
     * @param moments of the weights; the steps count those that were taken
     * @param divisor what gradients are divided by first, as clipping wants it; a scalar
     */
    public void adamW(AdamMoments moments, List<NDArray> gradients, double rate, double decay, NDArray divisor) {
        try (IValue weights = list(moments.weights());
                IValue gradient = list(gradients);
                IValue first = list(moments.first());
                IValue second = list(moments.second());
                IValue steps = list(moments.steps());
                IValue learning = IValue.from(rate);
                IValue pull = IValue.from(decay);
                IValue scale = IValue.from((PtNDArray) divisor)) {
            IValueUtils.runMethod(script, "adamw", weights, gradient, first, second, steps, learning, pull, scale)
                    .close();
        }
    }

    private static IValue list(List<NDArray> arrays) {
        return IValue.listFrom(Arrays.copyOf(arrays.toArray(), arrays.size(), PtNDArray[].class));
    }
}
