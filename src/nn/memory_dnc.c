/* The memory of the Differentiable Neural Computer (Graves et al. 2016, Nature 538, Methods). The
 * interface has, of each head that reads, k^r [W], beta^r, f and pi [3], and of the one that writes
 * k^w [W], beta^w, g^a, g^w, e [W], v [W]; beta = oneplus, f, g and e = sigma, pi = softmax.
 *
 *     psi  = prod_i (1 - f_i w^{r,i}_{t-1})              u = (u' + w' - u' w') psi
 *     a(phi_j) = (1 - u(phi_j)) prod_{i<j} u(phi_i)      phi: slots in ascending order of u
 *     w^w  = g^w (g^a a + (1 - g^a) C(M', k^w, beta^w))  M = M' (1 - w^w e^T) + w^w v^T
 *     L(i,j) = (1 - w^w(i) - w^w(j)) L'(i,j) + w^w(i) p'(j), L(i,i) = 0
 *     p    = (1 - sum_i w^w(i)) p' + w^w
 *     f^i  = L w^{r,i}_{t-1}     b^i = L^T w^{r,i}_{t-1}     c^i = C(M, k^{r,i}, beta^{r,i})
 *     w^{r,i} = pi^i(1) b^i + pi^i(2) c^i + pi^i(3) f^i      r^i = M^T w^{r,i}
 *
 * with ' for the step before, where w' is w^w. The order of slots counts as constant in the
 * gradient, as in the paper. State: M [W][N], u, w^w, p [N], w^{r,i} [N] of each head, L [N][N];
 * all 0 at first. */
#include "kernels_set.h"
#include "memory_parts.h"

enum { MODES = 3, OF_READ = 2 + MODES, OF_WRITE = 3 };

static size_t interface_size(const lh_memory_size *z)
{
    return z->reads * (z->width + OF_READ) + 3 * z->width + OF_WRITE;
}

static size_t state_size(const lh_memory_size *z)
{
    return (z->width + 3 + z->reads + z->slots) * z->slots;
}

/* Nine vectors of slots (see write_back), an order of them, and e. */
enum { OF_SLOTS = 10, ORDER = 9 };
static size_t scratch_size(const lh_memory_size *z)
{
    return OF_SLOTS * z->slots + z->width;
}

/* The parts of a state, or of its derivative. */
typedef struct parts {
    lh_real *memory, *usage, *write, *precedence, *read, *link;
} parts;

static parts parts_of(const lh_memory_size *z, lh_real *state)
{
    parts p = {.memory = state};
    p.usage = p.memory + z->width * z->slots;
    p.write = p.usage + z->slots;
    p.precedence = p.write + z->slots;
    p.read = p.precedence + z->slots;
    p.link = p.read + z->reads * z->slots;
    return p;
}

/* What the head that writes is told; `at` is where its part of the interface begins. */
typedef struct told {
    size_t at;
    const lh_real *key, *erase, *add; /* erase not yet squashed */
    lh_real beta, allocation, gate;
} told;

static told tell(const lh_memory_size *z, const lh_real *interface)
{
    told h = {.at = z->reads * (z->width + OF_READ)};
    const lh_real *hat = interface + h.at + z->width;
    h.key = interface + h.at;
    h.beta = 1 + m_softplus(hat[0]);
    h.allocation = f_sigmoid(hat[1]);
    h.gate = f_sigmoid(hat[2]);
    h.erase = hat + OF_WRITE;
    h.add = h.erase + z->width;
    return h;
}

/* The same of head i that reads. */
typedef struct told_read {
    size_t at;
    const lh_real *key;
    lh_real beta, free, mode[MODES];
} told_read;

static lh_real free_gate(const lh_memory_size *z, const lh_real *interface, size_t i)
{
    return f_sigmoid(interface[i * (z->width + OF_READ) + z->width + 1]);
}

static told_read tell_read(const lh_memory_size *z, const lh_real *interface, size_t i)
{
    told_read h = {.at = i * (z->width + OF_READ)};
    const lh_real *hat = interface + h.at + z->width;
    h.key = interface + h.at;
    h.beta = 1 + m_softplus(hat[0]);
    h.free = free_gate(z, interface, i);
    m_softmax(MODES, hat + 2, h.mode);
    return h;
}

/* ---- usage and allocation ---- */

/* psi (1 - f w) */
static void keep(size_t slots, lh_real free, const lh_real *restrict w, lh_real *restrict psi)
{
    for (size_t n = 0; n < slots; n++)
        psi[n] *= 1 - free * w[n];
}

/* psi, and usage from it and the step before. */
static void use(const lh_memory_size *z, const lh_real *interface, const parts *before,
                lh_real *restrict psi, lh_real *restrict usage)
{
    for (size_t n = 0; n < z->slots; n++)
        psi[n] = 1;
    for (size_t i = 0; i < z->reads; i++)
        keep(z->slots, free_gate(z, interface, i), before->read + i * z->slots, psi);
    const lh_real *restrict u = before->usage, *restrict w = before->write;
    for (size_t n = 0; n < z->slots; n++)
        usage[n] = (u[n] + w[n] - u[n] * w[n]) * psi[n];
}

/* order[j] = phi_j: each slot at the place that as many others come before; of equals, the first.
 */
static void sort(size_t slots, const lh_real *restrict usage, int32_t *restrict order)
{
    for (size_t n = 0; n < slots; n++) /* of what is no number no place is found */
        order[n] = (int32_t)n;
    for (size_t n = 0; n < slots; n++) {
        const lh_real own = usage[n];
        int32_t place = 0;
        for (size_t m = 0; m < slots; m++)
            place += (usage[m] < own) | ((usage[m] == own) & (m < n));
        order[place] = (int32_t)n;
    }
}

static void allocate(size_t slots, const lh_real *usage, const int32_t *order, lh_real *allocation)
{
    lh_real product = 1;
    for (size_t j = 0; j < slots; j++) {
        const lh_real u = usage[order[j]];
        allocation[order[j]] = (1 - u) * product;
        product *= u;
    }
}

/* With P_j = prod_{i<j} u(phi_i): dP_j = da_j (1 - u_j) + dP_{j+1} u_j, du_j = P_j (dP_{j+1} -
 * da_j), set. `product` [N] is scratch. */
static void allocate_back(size_t slots, const lh_real *usage, const int32_t *order,
                          const lh_real *d_allocation, lh_real *product, lh_real *d_usage)
{
    lh_real p = 1, d_p = 0;
    for (size_t j = 0; j < slots; j++) {
        product[j] = p;
        p *= usage[order[j]];
    }
    for (size_t j = slots; j-- > 0;) {
        const lh_real u = usage[order[j]], da = d_allocation[order[j]];
        d_usage[order[j]] = product[j] * (d_p - da);
        d_p = da * (1 - u) + d_p * u;
    }
}

/* ---- links ---- */

static void link_up(size_t slots, const parts *before, const lh_real *restrict w,
                    lh_real *restrict link, lh_real *restrict precedence)
{
    const lh_real *restrict p = before->precedence;
    lh_real sum = 0;
    for (size_t i = 0; i < slots; i++) {
        const lh_real *restrict old = before->link + i * slots;
        lh_real *restrict row = link + i * slots;
        const lh_real own = w[i];
        for (size_t j = 0; j < slots; j++)
            row[j] = (1 - own - w[j]) * old[j] + own * p[j];
        row[i] = 0;
        sum += own;
    }
    for (size_t j = 0; j < slots; j++)
        precedence[j] = (1 - sum) * p[j] + w[j];
}

/* d->link and d->precedence become those of the step before; d->write [N], dw^w, is added to. */
static void link_back(size_t slots, const parts *before, const lh_real *restrict w, const parts *d,
                      lh_real *restrict d_precedence)
{
    const lh_real *restrict p = before->precedence;
    lh_real *restrict dw = d->write, sum = 0, own = m_dot(slots, d->precedence, p);
    for (size_t i = 0; i < slots; i++)
        sum += w[i];
    for (size_t j = 0; j < slots; j++) {
        dw[j] += d->precedence[j] - own;
        d_precedence[j] = (1 - sum) * d->precedence[j];
    }
    for (size_t i = 0; i < slots; i++) {
        const lh_real *restrict old = before->link + i * slots;
        lh_real *restrict row = d->link + i * slots;
        const lh_real wi = w[i];
        lh_real from = 0;
        row[i] = 0;
#pragma omp simd reduction(+ : from)
        for (size_t j = 0; j < slots; j++) {
            const lh_real g = row[j];
            from += g * (p[j] - old[j]);
            dw[j] -= g * old[j];
            d_precedence[j] += g * wi;
            row[j] = g * (1 - wi - w[j]);
        }
        dw[i] += from;
    }
    m_copy(slots, d_precedence, d->precedence);
}

/* f = L w', b = L^T w' */
static void follow(size_t slots, const lh_real *link, const lh_real *w, lh_real *forwards,
                   lh_real *backwards)
{
    m_zero(slots, backwards);
    for (size_t i = 0; i < slots; i++) {
        forwards[i] = m_dot(slots, link + i * slots, w);
        m_add(slots, w[i], link + i * slots, backwards);
    }
}

/* dL(i,j) += df(i) w'(j) + db(j) w'(i), dw' = L^T df + L db, set. */
static void follow_back(size_t slots, const lh_real *link, const lh_real *restrict w,
                        const lh_real *restrict d_forwards, const lh_real *restrict d_backwards,
                        lh_real *d_link, lh_real *restrict dw)
{
    m_zero(slots, dw);
    for (size_t i = 0; i < slots; i++) {
        const lh_real *restrict row = link + i * slots;
        lh_real *restrict d_row = d_link + i * slots;
        const lh_real df = d_forwards[i], own = w[i];
        lh_real sum = 0;
#pragma omp simd reduction(+ : sum)
        for (size_t j = 0; j < slots; j++) {
            sum += row[j] * d_backwards[j];
            dw[j] += row[j] * df;
            d_row[j] += df * w[j] + d_backwards[j] * own;
        }
        dw[i] += sum;
    }
}

/* ---- a step ---- */

static void write_forward(const lh_memory_size *z, const lh_memory_forward *s, const parts *before,
                          const parts *now)
{
    const told h = tell(z, s->interface);
    m_content content = m_content_at(z, s->scratch);
    lh_real *allocation = s->scratch + 3 * z->slots, *psi = s->scratch + 4 * z->slots;
    int32_t *order = (int32_t *)(s->scratch + ORDER * z->slots);
    lh_real *erase = s->scratch + OF_SLOTS * z->slots;
    use(z, s->interface, before, psi, now->usage);
    sort(z->slots, now->usage, order);
    allocate(z->slots, now->usage, order, allocation);
    m_look_up(z, before->memory, h.key, h.beta, &content);
    for (size_t n = 0; n < z->slots; n++)
        now->write[n] = h.gate * (h.allocation * allocation[n] + (1 - h.allocation) * content.w[n]);
    m_erase(z, h.erase, erase);
    m_write(z, before->memory, now->write, erase, h.add, now->memory);
    link_up(z->slots, before, now->write, now->link, now->precedence);
}

static void forward(const lh_memory_size *z, const lh_memory_forward *s)
{
    const parts before = parts_of(z, (lh_real *)s->before), now = parts_of(z, s->state);
    m_content content = m_content_at(z, s->scratch);
    lh_real *forwards = s->scratch + 3 * z->slots, *backwards = s->scratch + 4 * z->slots;
    write_forward(z, s, &before, &now);
    for (size_t i = 0; i < z->reads; i++) {
        const told_read h = tell_read(z, s->interface, i);
        lh_real *w = now.read + i * z->slots;
        follow(z->slots, now.link, before.read + i * z->slots, forwards, backwards);
        m_look_up(z, now.memory, h.key, h.beta, &content);
        for (size_t n = 0; n < z->slots; n++)
            w[n] = h.mode[0] * backwards[n] + h.mode[1] * content.w[n] + h.mode[2] * forwards[n];
        m_read(z, now.memory, w, s->read + i * z->width);
    }
}

/* dx of x where beta = oneplus(x) */
static lh_real oneplus_back(lh_real d_beta, lh_real beta)
{
    return d_beta * (1 - f_exp(1 - beta));
}

/* Head i, from dL/dr to what its key, modes and weighting of the step before get; its part of
 * d->read becomes that of the step before. */
static void read_back(const lh_memory_size *z, const lh_memory_backward *s, const parts *before,
                      const parts *now, const parts *d, size_t i)
{
    const size_t slots = z->slots;
    const told_read h = tell_read(z, s->interface, i);
    const lh_real *w = now->read + i * slots, *w_before = before->read + i * slots;
    lh_real *dw = d->read + i * slots, *d_key = s->d_interface + h.at, *d_hat = d_key + z->width;
    m_content content = m_content_at(z, s->scratch);
    lh_real *forwards = s->scratch + 3 * slots, *backwards = s->scratch + 4 * slots;
    lh_real *d_content = s->scratch + 5 * slots;
    m_read_back(z, now->memory, w, s->d_read + i * z->width, dw, d->memory);
    follow(slots, now->link, w_before, forwards, backwards);
    m_look_up(z, now->memory, h.key, h.beta, &content);
    const lh_real d_mode[MODES] = {m_dot(slots, dw, backwards), m_dot(slots, dw, content.w),
                                   m_dot(slots, dw, forwards)};
    for (size_t n = 0; n < slots; n++) {
        backwards[n] = h.mode[0] * dw[n];
        d_content[n] = h.mode[1] * dw[n];
        forwards[n] = h.mode[2] * dw[n];
    }
    m_zero(z->width, d_key);
    d_hat[0] = oneplus_back(m_look_up_back(z, now->memory, h.key, h.beta, &content, d_content,
                                           d_key, d->memory, s->scratch + 6 * slots),
                            h.beta);
    d_hat[1] = 0; /* f, which usage has */
    m_softmax_back(MODES, h.mode, d_mode, d_hat + 2);
    follow_back(slots, now->link, w_before, forwards, backwards, d->link, dw);
}

/* du becomes du' and gives psi's heads and w' what is theirs:
 *
 *     du' = du psi (1 - w')     dw' = du psi (1 - u')
 *     d(1 - f_i w_i') = dpsi prod_{j != i} (1 - f_j w_j') */
static void use_back(const lh_memory_size *z, const lh_memory_backward *s, const parts *before,
                     const parts *d, lh_real *psi)
{
    const size_t slots = z->slots;
    lh_real *others = s->scratch + 5 * slots;
    use(z, s->interface, before, psi, s->scratch + 4 * slots);
    for (size_t i = 0; i < z->reads; i++) {
        const lh_real free = free_gate(z, s->interface, i);
        for (size_t n = 0; n < slots; n++) {
            const lh_real u = before->usage[n], own = before->write[n];
            others[n] = d->usage[n] * (u + own - u * own);
        }
        for (size_t j = 0; j < z->reads; j++)
            if (j != i)
                keep(slots, free_gate(z, s->interface, j), before->read + j * slots, others);
        const lh_real d_free = -m_dot(slots, others, before->read + i * slots);
        s->d_interface[i * (z->width + OF_READ) + z->width + 1] = d_free * free * (1 - free);
        m_add(slots, -free, others, d->read + i * slots);
    }
    for (size_t n = 0; n < slots; n++) {
        const lh_real du = d->usage[n] * psi[n];
        d->usage[n] = du * (1 - before->write[n]);
        d->write[n] = du * (1 - before->usage[n]);
    }
}

static void write_back(const lh_memory_size *z, const lh_memory_backward *s, const parts *before,
                       const parts *now, const parts *d)
{
    const size_t slots = z->slots;
    const told h = tell(z, s->interface);
    m_content content = m_content_at(z, s->scratch);
    lh_real *allocation = s->scratch + 3 * slots, *d_allocation = s->scratch + 4 * slots;
    lh_real *d_content = s->scratch + 5 * slots, *product = s->scratch + 6 * slots;
    lh_real *d_used = s->scratch + 8 * slots;
    int32_t *order = (int32_t *)(s->scratch + ORDER * slots);
    lh_real *erase = s->scratch + OF_SLOTS * slots, *dw = d->write;
    lh_real *d_key = s->d_interface + h.at, *d_hat = d_key + z->width, *d_erase = d_hat + OF_WRITE;
    m_erase(z, h.erase, erase);
    link_back(slots, before, now->write, d, s->scratch + 3 * slots);
    m_write_back(z, before->memory, now->write, erase, h.add, d->memory, dw, d_erase,
                 d_erase + z->width);
    m_erase_back(z, erase, d_erase);
    sort(slots, now->usage, order);
    allocate(slots, now->usage, order, allocation);
    m_look_up(z, before->memory, h.key, h.beta, &content);
    const lh_real of_allocation = m_dot(slots, dw, allocation);
    const lh_real of_content = m_dot(slots, dw, content.w);
    d_hat[1] = h.gate * (of_allocation - of_content) * h.allocation * (1 - h.allocation);
    d_hat[2] =
        (h.allocation * of_allocation + (1 - h.allocation) * of_content) * h.gate * (1 - h.gate);
    for (size_t n = 0; n < slots; n++) {
        d_allocation[n] = h.gate * h.allocation * dw[n];
        d_content[n] = h.gate * (1 - h.allocation) * dw[n];
    }
    m_zero(z->width, d_key);
    d_hat[0] = oneplus_back(m_look_up_back(z, before->memory, h.key, h.beta, &content, d_content,
                                           d_key, d->memory, s->scratch + 6 * slots),
                            h.beta);
    allocate_back(slots, now->usage, order, d_allocation, product, d_used);
    m_add(slots, 1, d_used, d->usage);
}

static void backward(const lh_memory_size *z, const lh_memory_backward *s)
{
    const parts before = parts_of(z, (lh_real *)s->before), now = parts_of(z, (lh_real *)s->state);
    const parts d = parts_of(z, s->d_state);
    for (size_t i = 0; i < z->reads; i++)
        read_back(z, s, &before, &now, &d, i);
    write_back(z, s, &before, &now, &d);
    use_back(z, s, &before, &d, s->scratch + 3 * z->slots);
}

static const lh_real *view(const lh_memory_size *z, const lh_real *state, lh_memory_part part,
                           int head)
{
    const parts now = parts_of(z, (lh_real *)state);
    switch (part) {
    case LH_MEMORY_WRITE:
        return now.write;
    case LH_MEMORY_READ:
        return now.read + (size_t)head * z->slots;
    case LH_MEMORY_USAGE:
        return now.usage;
    case LH_MEMORY_LINKS:
        return now.link;
    default:
        return NULL;
    }
}

const lh_memory LH_OF_SET(lh_memory_dnc) = {
    .name = "dnc",
    .interface = interface_size,
    .state = state_size,
    .scratch = scratch_size,
    .forward = forward,
    .backward = backward,
    .view = view,
};
