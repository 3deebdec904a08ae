#!/usr/bin/env python3
"""Makes tests/golden_values.c: losses and gradients of two small fixed networks, computed apart from C.

    python3 tools/golden.py | clang-format > tests/golden_values.c       (from the top of the tree)

numpy is needed here (Debian: python3-numpy), not by the tests.

The networks of Graves 2013 in numpy's matrix form. The gradients owe nothing to a formula for a
derivative: L(p + ih) has the imaginary part h dL/dp, exact to rounding for h = 1e-30 (complex
step). Parameters, points and text follow patterns that test code can repeat: see `parameters` and
`line` below.
"""
import numpy as np

STEP = 1e-30


def shapes(N, H, M, K, A):
    """Tensor names and shapes, in the order in which the pattern runs through them."""
    result = []
    for n in range(1, N + 1):
        result += [(f"layer{n}.input", (3 + A + (H if n > 1 else 0), 4 * H)),
                   (f"layer{n}.recurrent", (H, 4 * H)),
                   (f"layer{n}.peephole", (3, H)),
                   (f"layer{n}.bias", (1, 4 * H))]
    if K:
        result += [("window.weight", (H, 3 * K)), ("window.bias", (1, 3 * K))]
    return result + [("output.weight", (N * H, 1 + 6 * M)), ("output.bias", (1, 1 + 6 * M))]


def parameters(shape_list):
    """p[i] = 0.3 sin(i), i running on through all tensors, row by row."""
    result, i = {}, 0
    for name, shape in shape_list:
        size = shape[0] * shape[1]
        result[name] = (0.3 * np.sin(np.arange(i, i + size))).reshape(shape).astype(complex)
        i += size
    return result


def line(T, U, A):
    """x_t = (cos t, sin(2 t) / 2, 1 if 3 divides t), t = 1..T; text[u] = (3 u + 1) mod A, u = 0.."""
    t = np.arange(1, T + 1)
    x = np.stack([np.cos(t), np.sin(2 * t) / 2, t % 3 == 0], axis=1)
    text = np.eye(A)[(3 * np.arange(U) + 1) % A] if A else None
    return x, text


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def log_sum_exp(v):
    top = v.real.max()
    return top + np.log(np.exp(v - top).sum())


def step_loss(y, x, M):
    """Mixture and end-of-stroke loss and squared error of one point."""
    pi_hat, mu1, mu2, s1_hat, s2_hat, rho_hat = y[1:].reshape(6, M)
    e = sigmoid(-y[0])
    s1, s2, rho = np.exp(s1_hat), np.exp(s2_hat), np.tanh(rho_hat)
    d1, d2, q = (x[0] - mu1) / s1, (x[1] - mu2) / s2, 1 - rho ** 2
    log_n = (-(d1 ** 2 + d2 ** 2 - 2 * rho * d1 * d2) / (2 * q)
             - np.log(2 * np.pi * s1 * s2 * np.sqrt(q)))
    log_pi = pi_hat - log_sum_exp(pi_hat)
    mean = np.array([(np.exp(log_pi) * mu1).sum(), (np.exp(log_pi) * mu2).sum()])
    return np.array([-log_sum_exp(log_pi + log_n),
                     -np.log(e if x[2] else 1 - e),
                     ((x[:2] - mean) ** 2).sum()])


def losses(p, x, text, N, H, M, K, A):
    """(mixture, end of stroke, squared error), summed over the steps of the line."""
    h, c = np.zeros((N, H), complex), np.zeros((N, H), complex)
    w, kappa = np.zeros(A, complex), np.zeros(K, complex)
    seen, total = np.zeros(3), np.zeros(3, complex)
    u = np.arange(1, len(text) + 1) if K else None
    for target in x:
        for n in range(N):
            name = f"layer{n + 1}."
            below = [h[n - 1]] if n else []
            a = (np.concatenate([seen, w] + below) @ p[name + "input"]
                 + h[n] @ p[name + "recurrent"] + p[name + "bias"][0])
            a_i, a_f, a_c, a_o = a.reshape(4, H)
            w_ci, w_cf, w_co = p[name + "peephole"]
            i, f = sigmoid(a_i + w_ci * c[n]), sigmoid(a_f + w_cf * c[n])
            c[n] = f * c[n] + i * np.tanh(a_c)
            h[n] = sigmoid(a_o + w_co * c[n]) * np.tanh(c[n])
            if n == 0 and K:
                alpha, beta, advance = np.exp(h[0] @ p["window.weight"]
                                              + p["window.bias"][0]).reshape(3, K)
                kappa = kappa + advance
                phi = (alpha[:, None] * np.exp(-beta[:, None] * (kappa[:, None] - u) ** 2)).sum(0)
                w = phi @ text
        y = h.reshape(-1) @ p["output.weight"] + p["output.bias"][0]
        total += step_loss(y, target, M)
        seen = target
    return total


def golden(N, H, M, K, A, T, U):
    size = (N, H, M, K, A)
    shape_list = shapes(*size)
    p = parameters(shape_list)
    x, text = line(T, U, A)
    numbers = ", ".join(f"{v.real:.17g}" for v in losses(p, x, text, *size))
    architecture = f"SYNTHESIS({N}, {H}, {M}, {K}, {A})" if K else f"PREDICTION({N}, {H}, {M})"
    print(f"{{{architecture},\n {T},\n {U},\n {{{numbers}}},\n {{")
    for name, _ in shape_list:
        checksum = 0.0
        flat = p[name].reshape(-1)
        for k in range(flat.size):
            flat[k] += 1j * STEP
            gradient = losses(p, x, text, *size)[:2].sum().imag / STEP
            flat[k] = flat[k].real
            checksum += gradient * np.cos(k)
        print(f'{{"{name}", {checksum:.17g}}},')
    print("}},")


print("""/* Written by tools/golden.py, which says how; do not edit. golden.h says what they are. */
#include "architectures.h"
#include "golden.h"

const golden_network golden_networks[2] = {""")
golden(N=2, H=3, M=2, K=2, A=4, T=7, U=5)
golden(N=3, H=4, M=3, K=0, A=0, T=9, U=0)
print("};")
