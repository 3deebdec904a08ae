/* What kinds of memory share: looking up by content, erasing and adding, and sums over slots. A
 * memory M lies as [W][N], so that loops over the slots are those that become vectors. With d for
 * dL/d, `..._back` adds to the derivatives that it is given unless it says otherwise. */
#ifndef LONGHAND_NN_MEMORY_PARTS_H
#define LONGHAND_NN_MEMORY_PARTS_H

#include "kernels_math.h"
#include "memory_kind.h"

static inline lh_real m_dot(size_t count, const lh_real *restrict a, const lh_real *restrict b)
{
    lh_real sum = 0;
#pragma omp simd reduction(+ : sum)
    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

/* to += by from */
static inline void m_add(size_t count, lh_real by, const lh_real *restrict from,
                         lh_real *restrict to)
{
    for (size_t i = 0; i < count; i++)
        to[i] += by * from[i];
}

static inline void m_zero(size_t count, lh_real *to)
{
    for (size_t i = 0; i < count; i++)
        to[i] = 0;
}

static inline void m_copy(size_t count, const lh_real *restrict from, lh_real *restrict to)
{
    for (size_t i = 0; i < count; i++)
        to[i] = from[i];
}

/* log(1 + e^x), and its derivative sigma(x). */
static inline lh_real m_softplus(lh_real x)
{
    const double v = (double)x;
    return (lh_real)((v > 0 ? v : 0) + log1p(exp(v > 0 ? -v : v)));
}

/* p = softmax(x) of a few numbers. */
static inline void m_softmax(size_t count, const lh_real *x, lh_real *p)
{
    lh_real most = x[0], sum = 0;
    for (size_t i = 1; i < count; i++)
        most = x[i] > most ? x[i] : most;
    for (size_t i = 0; i < count; i++)
        sum += p[i] = f_exp(x[i] - most);
    for (size_t i = 0; i < count; i++)
        p[i] /= sum;
}

/* dx = p (dp - sum_j dp_j p_j); dx may be dp. */
static inline void m_softmax_back(size_t count, const lh_real *p, const lh_real *dp, lh_real *dx)
{
    const lh_real mean = m_dot(count, p, dp);
    for (size_t i = 0; i < count; i++)
        dx[i] = p[i] * (dp[i] - mean);
}

/* The length of a vector, |v| = sqrt(v v + 1e-6): never 0, so that an empty slot has a cosine, and
 * that a derivative. */
#define M_LENGTH_FLOOR ((lh_real)1e-6)

/* What looking up finds on its way: [N] each. */
typedef struct m_content {
    lh_real *cosine, *length; /* K(k, M(i)), |M(i)| */
    lh_real *w;               /* C(M, k, beta)(i) */
    lh_real key_length;
} m_content;

/* Three vectors of slots at `scratch`. */
static inline m_content m_content_at(const lh_memory_size *z, lh_real *scratch)
{
    return (m_content){
        .cosine = scratch, .length = scratch + z->slots, .w = scratch + 2 * z->slots};
}

/* w(i) = exp(beta K(k, M(i))) / sum_j exp(beta K(k, M(j))), K(u, v) = u v / (|u| |v|). */
static inline void m_look_up(const lh_memory_size *z, const lh_real *restrict memory,
                             const lh_real *key, lh_real beta, m_content *c)
{
    const size_t slots = z->slots;
    lh_real *restrict cosine = c->cosine, *restrict length = c->length, *restrict w = c->w;
    lh_real square = M_LENGTH_FLOOR, most = -2, sum = 0;
    m_zero(slots, cosine);
    m_zero(slots, length);
    for (size_t j = 0; j < z->width; j++) {
        const lh_real *restrict row = memory + j * slots, k = key[j];
        square += k * k;
        for (size_t i = 0; i < slots; i++) {
            cosine[i] += k * row[i];
            length[i] += row[i] * row[i];
        }
    }
    c->key_length = (lh_real)sqrt((double)square);
    const lh_real over = 1 / c->key_length;
    for (size_t i = 0; i < slots; i++) {
        length[i] = (lh_real)sqrt(length[i] + M_LENGTH_FLOOR);
        cosine[i] *= over / length[i];
    }
    for (size_t i = 0; i < slots; i++)
        most = cosine[i] > most ? cosine[i] : most;
    for (size_t i = 0; i < slots; i++)
        w[i] = f_exp(beta * (cosine[i] - most));
#pragma omp simd reduction(+ : sum)
    for (size_t i = 0; i < slots; i++)
        sum += w[i];
    for (size_t i = 0; i < slots; i++)
        w[i] /= sum;
}

/* dw [N] becomes d(beta K), then dK; d_key [W] and d_memory [W][N] are added to.
 *   dk += sum_i dK_i (M(i) / (|k| |M(i)|) - K_i k / |k|^2),  dM(i) likewise the other way.
 * Returns dbeta. `scratch` [2 N]. */
static inline lh_real m_look_up_back(const lh_memory_size *z, const lh_real *restrict memory,
                                     const lh_real *key, lh_real beta, const m_content *c,
                                     lh_real *restrict dw, lh_real *d_key, lh_real *d_memory,
                                     lh_real *restrict scratch)
{
    const size_t slots = z->slots;
    const lh_real *restrict cosine = c->cosine, *restrict length = c->length;
    lh_real *restrict across = scratch, *restrict along = scratch + slots;
    const lh_real over = 1 / c->key_length;
    lh_real shrink = 0;
    m_softmax_back(slots, c->w, dw, dw);
    const lh_real d_beta = m_dot(slots, dw, cosine);
    for (size_t i = 0; i < slots; i++) {
        const lh_real d = beta * dw[i];
        across[i] = d * over / length[i];
        along[i] = d * cosine[i] / (length[i] * length[i]);
        dw[i] = d * cosine[i] * over * over;
    }
#pragma omp simd reduction(+ : shrink)
    for (size_t i = 0; i < slots; i++)
        shrink += dw[i];
    for (size_t j = 0; j < z->width; j++) {
        const lh_real *restrict row = memory + j * slots;
        lh_real *restrict d_row = d_memory + j * slots;
        const lh_real k = key[j];
        lh_real sum = 0;
#pragma omp simd reduction(+ : sum)
        for (size_t i = 0; i < slots; i++) {
            sum += across[i] * row[i];
            d_row[i] += across[i] * k - along[i] * row[i];
        }
        d_key[j] += sum - shrink * k;
    }
    return d_beta;
}

/* e = sigma(e^), [W] */
static inline void m_erase(const lh_memory_size *z, const lh_real *hat, lh_real *erase)
{
    for (size_t j = 0; j < z->width; j++)
        erase[j] = f_sigmoid(hat[j]);
}

/* de becomes de^. */
static inline void m_erase_back(const lh_memory_size *z, const lh_real *erase, lh_real *d)
{
    for (size_t j = 0; j < z->width; j++)
        d[j] *= erase[j] * (1 - erase[j]);
}

/* M = M' (1 - w e^T) + w v^T */
static inline void m_write(const lh_memory_size *z, const lh_real *restrict before,
                           const lh_real *restrict w, const lh_real *erase, const lh_real *add,
                           lh_real *restrict memory)
{
    for (size_t j = 0; j < z->width; j++) {
        const lh_real e = erase[j], a = add[j];
        const lh_real *restrict old = before + j * z->slots;
        lh_real *restrict row = memory + j * z->slots;
        for (size_t i = 0; i < z->slots; i++)
            row[i] = old[i] - w[i] * (e * old[i] - a);
    }
}

/* dM becomes dM'; de and dv [W] are set, dw [N] added to. */
static inline void m_write_back(const lh_memory_size *z, const lh_real *restrict before,
                                const lh_real *restrict w, const lh_real *erase, const lh_real *add,
                                lh_real *d_memory, lh_real *restrict dw, lh_real *d_erase,
                                lh_real *d_add)
{
    for (size_t j = 0; j < z->width; j++) {
        const lh_real e = erase[j], a = add[j];
        const lh_real *restrict old = before + j * z->slots;
        lh_real *restrict d = d_memory + j * z->slots;
        lh_real erased = 0, added = 0;
#pragma omp simd reduction(+ : erased, added)
        for (size_t i = 0; i < z->slots; i++) {
            const lh_real g = d[i];
            dw[i] -= g * (e * old[i] - a);
            erased -= g * w[i] * old[i];
            added += g * w[i];
            d[i] = g * (1 - w[i] * e);
        }
        d_erase[j] = erased;
        d_add[j] = added;
    }
}

/* r = sum_i w(i) M(i) */
static inline void m_read(const lh_memory_size *z, const lh_real *memory, const lh_real *w,
                          lh_real *read)
{
    for (size_t j = 0; j < z->width; j++)
        read[j] = m_dot(z->slots, memory + j * z->slots, w);
}

static inline void m_read_back(const lh_memory_size *z, const lh_real *restrict memory,
                               const lh_real *restrict w, const lh_real *d_read,
                               lh_real *restrict dw, lh_real *restrict d_memory)
{
    for (size_t j = 0; j < z->width; j++) {
        m_add(z->slots, d_read[j], memory + j * z->slots, dw);
        m_add(z->slots, d_read[j], w, d_memory + j * z->slots);
    }
}

#endif
