/* The memory of the Neural Turing Machine (Graves, Wayne and Danihelka 2014, arXiv 1410.5401,
 * section 3). A head tells k, beta, g, s and gamma, and weighs the slots by content, then by place:
 *
 *     w^c(i) = softmax_i(beta K(k, M(i)))                   (5), K cosine (6)
 *     w^g    = g w^c + (1 - g) w_{t-1}                      (7)
 *     w~(i)  = sum_j w^g(i - j) s(j)    j = -1, 0, 1        (8), around the end
 *     w(i)   = w~(i)^gamma / sum_j w~(j)^gamma              (9)
 *
 * The head that writes comes first: M = M_{t-1} (1 - w e^T) + w a^T (3, 4), addressing M_{t-1};
 * those that read address M: r = sum_i w(i) M(i) (2). All start at the first slot of an empty
 * memory.
 *
 * beta = log(1 + exp), g and e = sigma, s = softmax, gamma = 1 + log(1 + exp) of the interface: a
 * head has k [W], beta, g, s [3], gamma; then come e [W] and a [W] of the one that writes.
 * State: M [W][N], then w [N] of each head. */
#include "kernels_set.h"
#include "memory_parts.h"

enum { SHIFTS = 3, SCALARS = 3 + SHIFTS };

/* What is added to w~ before it is taken to a power: 0 has no logarithm. */
#define LEAST ((lh_real)1e-30)

static size_t interface_size(const lh_memory_size *z)
{
    return (z->reads + 1) * (z->width + SCALARS) + 2 * z->width;
}

static size_t state_size(const lh_memory_size *z)
{
    return z->width * z->slots + (z->reads + 1) * z->slots;
}

/* Five stages and four derivatives of slots, and e. */
enum { OF_SLOTS = 9 };
static size_t scratch_size(const lh_memory_size *z)
{
    return OF_SLOTS * z->slots + z->width;
}

static void begin(const lh_memory_size *z, lh_real *state)
{
    for (size_t head = 0; head <= z->reads; head++)
        state[(z->width + head) * z->slots] = 1;
}

/* What a head is told. */
typedef struct told {
    const lh_real *key;
    lh_real beta, gate, shift[SHIFTS], gamma;
} told;

static told tell(const lh_memory_size *z, const lh_real *interface, size_t head)
{
    const lh_real *from = interface + head * (z->width + SCALARS), *hat = from + z->width;
    told h = {.key = from,
              .beta = m_softplus(hat[0]),
              .gate = f_sigmoid(hat[1]),
              .gamma = 1 + m_softplus(hat[2 + SHIFTS])};
    m_softmax(SHIFTS, hat + 2, h.shift);
    return h;
}

/* The stages of a weighting, [N] each. */
typedef struct stages {
    m_content content;  /* w^c */
    lh_real *gated;     /* w^g */
    lh_real *logarithm; /* of w~ */
} stages;

static stages stages_in(const lh_memory_size *z, lh_real *scratch)
{
    return (stages){.content = m_content_at(z, scratch),
                    .gated = scratch + 3 * z->slots,
                    .logarithm = scratch + 4 * z->slots};
}

/* to(i) = sum_j from(i - j) s(j) */
static void shift(size_t slots, const lh_real *restrict from, const lh_real *s,
                  lh_real *restrict to)
{
    for (size_t i = 1; i + 1 < slots; i++)
        to[i] = from[i + 1] * s[0] + from[i] * s[1] + from[i - 1] * s[2];
    for (size_t end = 0; end < 2; end++) {
        const size_t i = end * (slots - 1);
        to[i] =
            from[(i + 1) % slots] * s[0] + from[i] * s[1] + from[(i + slots - 1) % slots] * s[2];
    }
}

/* The stages up to log w~. */
static void address(const lh_memory_size *z, const told *h, const lh_real *memory,
                    const lh_real *restrict before, stages *g)
{
    const lh_real gate = h->gate;
    lh_real *restrict gated = g->gated, *restrict logarithm = g->logarithm;
    m_look_up(z, memory, h->key, h->beta, &g->content);
    for (size_t i = 0; i < z->slots; i++)
        gated[i] = gate * g->content.w[i] + (1 - gate) * before[i];
    shift(z->slots, gated, h->shift, logarithm);
    for (size_t i = 0; i < z->slots; i++)
        logarithm[i] = f_log(logarithm[i] + LEAST);
}

static void sharpen(const lh_memory_size *z, lh_real gamma, const lh_real *restrict logarithm,
                    lh_real *restrict w)
{
    lh_real sum = 0;
    for (size_t i = 0; i < z->slots; i++)
        w[i] = f_exp(gamma * logarithm[i]);
#pragma omp simd reduction(+ : sum)
    for (size_t i = 0; i < z->slots; i++)
        sum += w[i];
    const lh_real over = 1 / sum;
    for (size_t i = 0; i < z->slots; i++)
        w[i] *= over;
}

static void forward(const lh_memory_size *z, const lh_memory_forward *s)
{
    const size_t all = z->width * z->slots;
    const lh_real *hat = s->interface + (z->reads + 1) * (z->width + SCALARS);
    stages g = stages_in(z, s->scratch);
    lh_real *erase = s->scratch + OF_SLOTS * z->slots;
    m_erase(z, hat, erase);
    for (size_t head = 0; head <= z->reads; head++) {
        const told h = tell(z, s->interface, head);
        lh_real *w = s->state + all + head * z->slots;
        address(z, &h, head ? s->state : s->before, s->before + all + head * z->slots, &g);
        sharpen(z, h.gamma, g.logarithm, w);
        if (head == 0)
            m_write(z, s->before, w, erase, hat + z->width, s->state);
        else
            m_read(z, s->state, w, s->read + (head - 1) * z->width);
    }
}

/* A head from dL/dw backwards; with d for dL/d:
 *   dlog w~(i) = gamma w(i) (dw(i) - sum_j dw(j) w(j))     dgamma = sum_i dlog w~(i) log w~(i) /
 * gamma dw^g(i)    = sum_j dw~(i + j) s(j)                     ds(j) = sum_i dw~(i) w^g(i - j) dg
 * = sum_i dw^g(i) (w^c(i) - w_{t-1}(i)) `dw` [N] becomes what w_{t-1} gets; `d_memory` is added to.
 */
static void head_back(const lh_memory_size *z, const told *h, const lh_real *memory,
                      const lh_real *restrict before, const lh_real *restrict w, lh_real *scratch,
                      lh_real *restrict dw, lh_real *d_memory, lh_real *d_interface)
{
    const size_t slots = z->slots;
    stages g = stages_in(z, scratch);
    lh_real *restrict d_shifted = scratch + 5 * slots, *restrict d_gated = scratch + 6 * slots;
    lh_real *d_hat = d_interface + z->width, d_shift[SHIFTS] = {0};
    address(z, h, memory, before, &g);
    m_softmax_back(slots, w, dw, dw);
    const lh_real d_gamma = m_dot(slots, dw, g.logarithm);
    for (size_t i = 0; i < slots; i++)
        d_shifted[i] = h->gamma * dw[i] * f_exp(-g.logarithm[i]);
    const lh_real back[SHIFTS] = {h->shift[2], h->shift[1], h->shift[0]};
    shift(slots, d_shifted, back, d_gated);
    for (size_t j = 0; j < SHIFTS; j++) {
        const size_t by = (j + slots - 1) % slots; /* j - 1, around the end */
        d_shift[j] =
            m_dot(slots - by, d_shifted + by, g.gated) + m_dot(by, d_shifted, g.gated + slots - by);
    }
    const lh_real d_gate = m_dot(slots, d_gated, g.content.w) - m_dot(slots, d_gated, before);
    for (size_t i = 0; i < slots; i++) {
        dw[i] = (1 - h->gate) * d_gated[i];
        d_gated[i] *= h->gate;
    }
    m_zero(z->width, d_interface);
    const lh_real d_beta = m_look_up_back(z, memory, h->key, h->beta, &g.content, d_gated,
                                          d_interface, d_memory, scratch + 7 * slots);
    d_hat[0] = d_beta * (1 - f_exp(-h->beta));
    d_hat[1] = d_gate * h->gate * (1 - h->gate);
    m_softmax_back(SHIFTS, h->shift, d_shift, d_hat + 2);
    d_hat[2 + SHIFTS] = d_gamma * (1 - f_exp(1 - h->gamma));
}

static void backward(const lh_memory_size *z, const lh_memory_backward *s)
{
    const size_t all = z->width * z->slots, heads = (z->reads + 1) * (z->width + SCALARS);
    const lh_real *hat = s->interface + heads;
    lh_real *erase = s->scratch + OF_SLOTS * z->slots, *d_hat = s->d_interface + heads;
    m_erase(z, hat, erase);
    for (size_t head = z->reads + 1; head-- > 0;) {
        const told h = tell(z, s->interface, head);
        const size_t of_head = all + head * z->slots;
        const lh_real *w = s->state + of_head;
        lh_real *dw = s->d_state + of_head;
        if (head > 0) {
            m_read_back(z, s->state, w, s->d_read + (head - 1) * z->width, dw, s->d_state);
        } else {
            m_write_back(z, s->before, w, erase, hat + z->width, s->d_state, dw, d_hat,
                         d_hat + z->width);
            m_erase_back(z, erase, d_hat);
        }
        head_back(z, &h, head ? s->state : s->before, s->before + of_head, w, s->scratch, dw,
                  s->d_state, s->d_interface + head * (z->width + SCALARS));
    }
}

static const lh_real *view(const lh_memory_size *z, const lh_real *state, lh_memory_part part,
                           int head)
{
    if (part == LH_MEMORY_WRITE)
        return state + z->width * z->slots;
    return part == LH_MEMORY_READ ? state + (z->width + 1 + (size_t)head) * z->slots : NULL;
}

const lh_memory LH_OF_SET(lh_memory_ntm) = {
    .name = "ntm",
    .interface = interface_size,
    .state = state_size,
    .scratch = scratch_size,
    .begin = begin,
    .forward = forward,
    .backward = backward,
    .view = view,
};
