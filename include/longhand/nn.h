/* Longhand, nn: the networks of Graves 2013 (arXiv 1308.0850) and their exact gradients.
 *
 * A prediction network reads pen offsets and predicts the next; a synthesis network does so with
 * a soft window over a text. N layers of LSTM with peepholes; the input feeds every layer, every
 * layer feeds the output, and the output parametrises a mixture of bivariate Gaussians and an
 * end-of-stroke probability. Names follow the paper: e, pi, mu, sigma, rho; alpha, beta, kappa,
 * phi, w. Arrays are row-major with shapes in brackets: T time steps, H cells, M mixture
 * components, K window components, U characters of text, A characters of the alphabet, I numbers
 * that enter at a step, G blocks of H sums in a layer (4 for LSTM).
 *
 * These are made of parts, of which others can take the place: what enters, the kind of the cells,
 * and the head, which is what the outputs mean. CONTRIBUTING.md says how to add one.
 *
 * lh_real is float; the tests build the same code with double to check gradients. */
#ifndef LONGHAND_NN_H
#define LONGHAND_NN_H

#include <longhand/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef LH_FLOAT64
typedef double lh_real;
#else
typedef float lh_real;
#endif

/* ---- architecture and parameters ---------------------------------------------------------------
 */

/* What the layers read beside the numbers that enter: nothing, or w, a soft window over a text. */
typedef enum lh_network_kind { LH_PREDICTION, LH_SYNTHESIS } lh_network_kind;

/* What is left 0 from `cell` on is as in the paper. */
typedef struct lh_architecture {
    lh_network_kind kind;
    int layers;     /* N >= 1 */
    int cells;      /* H >= 1, in each layer */
    int mixtures;   /* M >= 1 of a head that is a mixture, else 0 */
    int windows;    /* K >= 1; 0 in a prediction network */
    int alphabet;   /* A >= 1: characters of the window's text, or symbols that a head tells apart,
                     * or numbers or bits that it tells; 0 where there are none */
    int cell;       /* kind of cell, see lh_cell_find */
    int head;       /* see lh_head_find */
    int inputs;     /* I; 0: LH_INPUTS, the pen's */
    int no_skips;   /* 1: what enters feeds the first layer alone, and the last alone feeds y^ */
    int directions; /* 0 or 1: from the first step to the last; 2: each layer has a twin of H cells
                     * that goes from the last to the first, and both feed the next layer */
    /* A memory beside the cells of a prediction network of one direction, see lh_memory_find; 0:
     * none, nor what follows. The first layer's h tells it what to write and to read; what it read
     * at the step before feeds the first layer, what it reads now the others and the output. */
    int memory;
    int slots, width; /* N places of W numbers */
    int reads;        /* R heads that read, beside one that writes */
} lh_architecture;

enum {
    LH_INPUTS = 3,
    LH_INPUTS_MAX = 1024,
    LH_LAYERS_MAX = 16,
    LH_DIRECTIONS_MAX = 2,
    LH_SLOTS_MAX = 1024,
    LH_SLOT_WIDTH_MAX = 256,
    LH_READS_MAX = 16
};

static inline int lh_inputs(const lh_architecture *architecture)
{
    return architecture->inputs ? architecture->inputs : LH_INPUTS;
}
static inline int lh_directions(const lh_architecture *architecture)
{
    return architecture->directions ? architecture->directions : 1;
}

/* Kinds of cell and heads by the names that they have in model files: "lstm" (0), "tanh", "gru",
 * "feed", which does not look back, "lstm_plain", without peepholes; "mixture" (0), "softmax",
 * "ctc", "square", "bits". -1 or NULL when there is none. */
LH_API int lh_cell_find(const char *name);
LH_API const char *lh_cell_name(int cell);
LH_API int lh_head_find(const char *name);
LH_API const char *lh_head_name(int head);

/* What networks are for. */
typedef enum lh_purpose {
    LH_FOR_TEXT, /* writes texts: synthesis */
    LH_FOR_INK,  /* writes of its own accord, without a text: prediction */
    LH_FOR_READING,
    LH_FOR_TASK /* an artificial task (longhand/lab.h), or none that is known */
} lh_purpose;
LH_API lh_purpose lh_purpose_of(const lh_architecture *architecture);
/* As in "this network writes texts"; NULL: there is no such purpose. */
LH_API const char *lh_purpose_words(lh_purpose purpose);
/* Kinds of memory likewise: "none" (0); "ntm", that of the Neural Turing Machine (Graves, Wayne and
 * Danihelka 2014); "dnc", of the Differentiable Neural Computer (Graves et al. 2016). */
LH_API int lh_memory_find(const char *name);
LH_API const char *lh_memory_name(int memory);

/* Whether both describe the same network. */
LH_API bool lh_architecture_same(const lh_architecture *a, const lh_architecture *b);
/* The numbers in y^: 1 + 6 M of a mixture, A + 1 of ctc, the last its blank, A of other heads. */
LH_API int lh_output_size(const lh_architecture *architecture);

/* A named matrix in the parameter arena, stored [rows][columns], input index first: the product is
 * (row vector of inputs) x (matrix). Vectors have rows == 1. */
typedef struct lh_tensor {
    char name[32]; /* "layer1.recurrent", "window.bias", ... */
    size_t offset; /* in lh_real from the start of the arena */
    int rows, columns;
} lh_tensor;

typedef struct lh_network lh_network;

/* A network with all parameters zero; NULL on failure (sizes out of range, no memory). */
LH_API lh_network *lh_network_new(const lh_architecture *architecture, lh_error *error);
LH_API void lh_network_free(lh_network *network);
/* Random start, normal numbers of these deviations: 0.3 from the pen and the window into a layer,
 * 1/sqrt(cells that feed the unit) from other cells and into the output, a tenth of that into the
 * window. Forget-gate biases of LSTM 1, window biases so that kappa advances at the pace of a hand,
 * biases of mu with a deviation of 0.5, other biases and peepholes 0. */
LH_API void lh_network_init(lh_network *network, lh_rng *rng);
LH_API const lh_architecture *lh_network_architecture(const lh_network *network);
/* The arena: one aligned array of all parameters, padded with zeros that must stay zero (padding
 * belongs to no tensor). */
LH_API lh_real *lh_network_parameters(lh_network *network);
LH_API const lh_real *lh_network_parameters_const(const lh_network *network);
LH_API size_t lh_network_arena_size(const lh_network *network);
/* The number of weights without padding: W of "6 x W x points". */
LH_API size_t lh_network_weight_count(const lh_network *network);
LH_API size_t lh_network_tensor_count(const lh_network *network);
LH_API const lh_tensor *lh_network_tensor(const lh_network *network, size_t index);
/* NULL when there is none of that name. */
LH_API const lh_tensor *lh_network_find(const lh_network *network, const char *name);
/* A number that names the weights, whatever file they are from; found once, in milliseconds. */
LH_API uint64_t lh_network_fingerprint(const lh_network *network);
/* A new prediction network that does what the synthesis network `network` would if its window
 * always showed `window` [A], say how often each character occurs: what the window's rows then give
 * each layer becomes part of the layer's bias. */
LH_API lh_network *lh_network_without_window(const lh_network *network, const lh_real *window,
                                             lh_error *error);
/* Must be called after the arena was written to, while no other thread uses the network: the copies
 * of the weights that the kernels read are made anew when next needed. */
LH_API void lh_network_changed(lh_network *network);

/* ---- an adaptation: a small change of a network ------------------------------------------------
 *
 * What makes a network write in one person's hand. Biases and the cells' own weights (peepholes)
 * change freely; the matrices of the layers, of the window and of the output by A B of low rank r
 * (Hu et al. 2021, arXiv 2106.09685), where A [rows][r] holds signs over sqrt(rows) that are drawn
 * once for all (as in Zhang et al. 2023, arXiv 2308.03303) and B [r][columns] is learnt. So
 * adaptations of one network and rank are rows of C numbers that can be added, mixed and drawn. */

enum { LH_ADAPTATION_RANK_MAX = 64 };

typedef struct lh_adaptation lh_adaptation;

/* One that changes nothing, of rank 0 (biases and own weights alone) to LH_ADAPTATION_RANK_MAX; of
 * a network of one direction and without a memory. NULL on failure; the caller frees. */
LH_API lh_adaptation *lh_adaptation_new(const lh_network *network, int rank, lh_error *error);
LH_API void lh_adaptation_free(lh_adaptation *adaptation);
/* C. */
LH_API size_t lh_adaptation_count(const lh_adaptation *adaptation);
/* [C]; once written to, lh_adaptation_changed must be called before steps use it. */
LH_API lh_real *lh_adaptation_numbers(lh_adaptation *adaptation);
/* Makes what steps read anew, from the numbers and from the network that it was made for. */
LH_API lh_status lh_adaptation_changed(lh_adaptation *adaptation, const lh_network *network,
                                       lh_error *error);
/* Writes the weights of `from`, changed, to `to`; both are of the network's architecture. */
LH_API lh_status lh_adaptation_apply(const lh_adaptation *adaptation, const lh_network *from,
                                     lh_network *to, lh_error *error);

/* ---- a batch: loss and gradient ----------------------------------------------------------------
 */

/* One training line. For a mixture x_1..x_T are the targets, normalised; the input at t is x_{t-1},
 * null at t = 1. For other heads x_t is the input at t. */
typedef struct lh_sequence {
    const lh_real *x; /* [T][I]; for a mixture [T][3]: dx, dy, end of stroke (0 or 1) */
    int steps;        /* T >= 1 */
    /* [U] indices into the alphabet: what the window reads; the symbols that a softmax is asked
     * for, one a step (U = T; -1: none); the text that ctc is to find, which may be empty; NULL
     * where there is none of them. */
    const int32_t *text;
    int characters; /* U >= 1; 0 where there is no text */
    /* [T][A] what "square" and "bits" are asked for, NaN: nothing; else NULL. */
    const lh_real *targets;
    lh_real limit[2]; /* where dx and dy were clipped to +- this; 0: not */
    /* In training, the share of what the cells tell that does not reach the layers above and the
     * output, 0 <= dropout < 1, drawn anew at each step from a copy of `dropped`; what does is
     * larger by 1 / (1 - dropout) (Srivastava et al. 2014; between the layers alone: Zaremba et al.
     * 2014). Products in float32 only. */
    double dropout;
    lh_rng dropped;
} lh_sequence;

/* Sums over the steps of one sequence, in nats; what the head has not is 0. */
typedef struct lh_loss {
    double mixture;       /* -sum_t log sum_j pi_j N_j(x_{t+1}) */
    double end_of_stroke; /* -sum_t log e_t or log (1 - e_t) */
    /* sum_t |x - sum_j pi_j mu_j|^2 over dx and dy, normalised units; the mean is clipped as they
     * were. */
    double squared_error;
    double symbols;   /* -sum_t log p(symbol, or bits, asked for); of ctc -log p(text) */
    double squares;   /* sum_t |y - target|^2 of numbers asked for */
    double vanishing; /* Omega where lh_clipping has a regulariser; a part of no total */
    size_t points;    /* T; of ctc U, at least 1; where steps may ask nothing, those that ask */
} lh_loss;

/* What training makes small: L = mixture + end_of_stroke, or symbols, or squares. */
static inline double lh_loss_total(const lh_loss *loss)
{
    return loss->mixture + loss->end_of_stroke + loss->symbols + loss->squares;
}

/* The steps that ctc needs for a text [U]: one a symbol, and one between two that are the same. */
LH_API int lh_ctc_steps(const int32_t *text, int characters);

/* What is done to derivatives inside backpropagation: limits as in the paper; 0 does not clip. */
typedef struct lh_clipping {
    double output; /* of the loss with respect to the network outputs y^; paper: 100 */
    double cell;   /* with respect to the cells' pre-squashing inputs; paper: 10 */
    int steps;     /* truncation: no derivative goes back past steps 0, `steps`, 2 `steps`, ..., at
                    * which     what is carried over counts as given. Layers of one direction only */
    /* What does not limit derivatives but holds them up: the weight >= 0 of the regulariser against
     * vanishing gradients (Pascanu, Mikolov and Bengio 2012, equations 9 and 10;
     * src/nn/vanishing.c), Omega = sum over layers and steps of (|dL/dx_{k+1} dx_{k+1}/dx_k| /
     * |dL/dx_{k+1}| - 1)^2, x the cells' pre-squashing inputs. Its immediate derivative by the
     * recurrent weights, dL/dx and h held fast, is added to the gradient. Layers of "tanh" in one
     * direction alone, without a window or a memory. */
    double regulariser;
} lh_clipping;

/* Scratch memory of one thread, grown as needed and reused: the activations of a batch. */
typedef struct lh_workspace lh_workspace;
LH_API lh_workspace *lh_workspace_new(lh_error *error);
LH_API void lh_workspace_free(lh_workspace *workspace);

/* How the layers of cells multiply. In bfloat16 (8 bits of precision; sums stay float32, and so do
 * the window and the output layer) training takes 0.7 to 0.8 of the time where the processor has
 * AVX512_BF16 and a third where it has AMX_BF16 (arm64's with FEAT_BF16 have it too, not measured);
 * losses agree to about 1e-3, gradients to a few per cent. */
typedef enum lh_products { LH_PRODUCTS_FLOAT32, LH_PRODUCTS_BFLOAT16 } lh_products;
/* Fails where this build or this processor has no such products. */
LH_API lh_status lh_products_check(lh_products products, lh_error *error);
/* For what the workspace computes from now on; fails as lh_products_check does. A batch fails whose
 * network's cells have no such products ("feed"), or go in both directions. */
LH_API lh_status lh_workspace_set_products(lh_workspace *workspace, lh_products products,
                                           lh_error *error);

/* From now on gradients are those of the adaptation's numbers, [C], in a network that
 * lh_adaptation_apply has changed by it, and not of all weights; NULL: of all again. It must stay
 * until then. A batch fails that is of another architecture, or with products in bfloat16. */
LH_API lh_status lh_workspace_set_learnt(lh_workspace *workspace, const lh_adaptation *adaptation,
                                         lh_error *error);

/* Forward only. `losses` [count], one a sequence, in the order given. Runs on the calling thread.
 */
LH_API lh_status lh_network_loss(const lh_network *network, lh_workspace *workspace,
                                 const lh_sequence *sequences, int count, lh_loss *losses,
                                 lh_error *error);

/* Forward only: y^ of every step into outputs[i] [T][outputs], one array a sequence, in the order
 * given. What a head asks of a sequence's text holds here as well; ctc takes none. */
LH_API lh_status lh_network_outputs(const lh_network *network, lh_workspace *workspace,
                                    const lh_sequence *sequences, int count,
                                    lh_real *const *outputs, lh_error *error);

/* Forward only: the mean over all steps of h of the last layer, into means[i] [D H], D directions,
 * forwards first; one array a sequence, in the order given. Of a network that reads it is where a
 * hand lies among others. */
LH_API lh_status lh_network_mean_hidden(const lh_network *network, lh_workspace *workspace,
                                        const lh_sequence *sequences, int count,
                                        lh_real *const *means, lh_error *error);

/* Forward and exact backpropagation through time. Adds dL/dparameter, summed over the sequences, to
 * `gradient` [arena size], or [C] (lh_workspace_set_learnt). Runs on the calling thread; several
 * threads may work on one network, each with its own workspace and gradient. */
LH_API lh_status lh_network_gradient(const lh_network *network, lh_workspace *workspace,
                                     const lh_sequence *sequences, int count,
                                     const lh_clipping *clipping, lh_real *gradient,
                                     lh_loss *losses, lh_error *error);

/* How far back the loss of one step reaches: sequence i is asked at step t = at[i] (from 0) alone,
 * and norms[i] [N][T] is |dL_t / dh_s|, the Euclidean norm for each layer's cells at step s, by all
 * ways that lead from h_s to L_t; 0 behind t. A ctc, whose loss is no sum over steps, and a network
 * of both directions are LH_ERROR_ARGUMENT. */
LH_API lh_status lh_network_reach(const lh_network *network, lh_workspace *workspace,
                                  const lh_sequence *sequences, const int *at, int count,
                                  double *const *norms, lh_error *error);

/* What a memory can be asked for after each step: weightings [N] of the head that writes and of one
 * that reads; of "dnc" usage [N] and links [N][N] as well. */
typedef enum lh_memory_part {
    LH_MEMORY_WRITE,
    LH_MEMORY_READ,
    LH_MEMORY_USAGE,
    LH_MEMORY_LINKS
} lh_memory_part;

/* Forward only, over one sequence: `part` of its memory as it is after each step, into values
 * [T][N], of links [T][N][N]; `head` is which of those that read. What the network does not have is
 * LH_ERROR_ARGUMENT. */
LH_API lh_status lh_network_look(const lh_network *network, lh_workspace *workspace,
                                 const lh_sequence *sequence, lh_memory_part part, int head,
                                 lh_real *values, lh_error *error);

/* The kernels in use: "avx512", "avx2", "neon" or "plain"; chosen by what the processor has, or by
 * the environment variable LONGHAND_KERNELS. */
LH_API const char *lh_kernels_name(void);

/* ---- a step at a time: writing ------------------------------------------------------------------
 */

/* The state of `rows` lines written in step with each other. */
typedef struct lh_state lh_state;

/* A network that goes in both directions cannot go a step at a time: LH_ERROR_ARGUMENT. */
LH_API lh_state *lh_state_new(const lh_network *network, int rows, lh_error *error);
LH_API void lh_state_free(lh_state *state);
/* Row `row` to the beginning of a line: h = c = 0, kappa = 0, w = 0 (c: what cells carry else). Its
 * text stays. */
LH_API void lh_state_reset(lh_state *state, int row);
/* Gives row `row` the text [characters]; copied. kappa and the rest stay as they are. */
LH_API lh_status lh_state_set_text(lh_state *state, int row, const int32_t *text, int characters,
                                   lh_error *error);
/* From now on row `row` steps through the network as `adaptation` changes it, which must stay as it
 * is for as long; NULL: unchanged. Rows of different ones go in step. A row that is copied takes it
 * along; one that is reset is unchanged again. */
LH_API void lh_state_set_adaptation(lh_state *state, int row, const lh_adaptation *adaptation);
/* That of the row; NULL: none. */
LH_API const lh_adaptation *lh_state_adaptation(const lh_state *state, int row);
/* Moves kappa of all components of a row by `by` characters: for a window that goes on in another
 * text at another place. */
LH_API void lh_state_shift_kappa(lh_state *state, int row, double by);
/* Copies row `from_row` of `from`, text included, to row `to_row` of `to`; the two may be the same
 * state, and both belong to networks of one architecture. */
LH_API lh_status lh_state_copy(lh_state *to, int to_row, const lh_state *from, int from_row,
                               lh_error *error);

/* One step of rows 0..rows-1 (rows <= that of lh_state_new): takes x [rows][I], the last pen offset
 * of each, and leaves the raw outputs y^ in the state. `network` is the one the state was made for.
 * Weights are read as float16 numbers where the kernels have them (all but "plain"); a network
 * whose weights are such, as model files hold them, does what it does in a batch. What a row gets
 * does not depend on the other rows or on how many there are, to the last bit: a text is the same
 * alone and in a batch. */
LH_API void lh_network_step(const lh_network *network, lh_state *state, const lh_real *x, int rows);

/* Views into row `row`, valid until the state changes. */
LH_API const lh_real *lh_state_output(const lh_state *state, int row);            /* y^ */
LH_API const lh_real *lh_state_hidden(const lh_state *state, int row, int layer); /* h [H] */
/* c [H] of LSTM; NULL where the kind of cell carries nothing besides h. */
LH_API const lh_real *lh_state_cell(const lh_state *state, int row, int layer);
/* A gate's activations in the last step [H], each from 0 to 1; NULL where the kind of cell has no
 * such gate. */
typedef enum lh_gate { LH_GATE_INPUT, LH_GATE_FORGET, LH_GATE_OUTPUT, LH_GATE_COUNT } lh_gate;
LH_API const lh_real *lh_state_gate(const lh_state *state, int row, int layer, lh_gate gate);
LH_API const lh_real *lh_state_kappa(const lh_state *state, int row); /* kappa [K] */
/* phi(t, 1..U+1) [U + 1]: the window's weight on each character and on the place behind the last.
 */
LH_API const lh_real *lh_state_phi(const lh_state *state, int row);
LH_API int lh_state_characters(const lh_state *state, int row); /* U */

/* ---- the mixture density ------------------------------------------------------------------------
 */

enum { LH_MIXTURES_MAX = 64 };

/* The predicted density of the next offset, in normalised units. */
typedef struct lh_mixture {
    int count;  /* M */
    double end; /* e: probability that the next point ends its stroke */
    double pi[LH_MIXTURES_MAX];
    double mu_x[LH_MIXTURES_MAX], mu_y[LH_MIXTURES_MAX];
    double sigma_x[LH_MIXTURES_MAX], sigma_y[LH_MIXTURES_MAX];
    double rho[LH_MIXTURES_MAX];
} lh_mixture;

/* Parametrises the mixture from y^ [1 + 6 M] with probability bias b >= 0 (section 5.4): sigma =
 * exp(sigma^ - b), pi = softmax(pi^ (1 + b)). */
LH_API void lh_mixture_read(const lh_real *output, int mixtures, double bias, lh_mixture *mixture);
/* Draws the next offset x[3]; `*component` (may be NULL) is the Gaussian it came from. */
LH_API void lh_mixture_sample(const lh_mixture *mixture, lh_rng *rng, lh_real x[3], int *component);
/* log of the density at (x, y), without the end of stroke; -infinity of no mixture. */
LH_API double lh_mixture_log_density(const lh_mixture *mixture, double x, double y);

/* ---- optimisers ---------------------------------------------------------------------------------
 */

typedef enum lh_optimizer_kind {
    LH_ADAM,          /* Kingma and Ba 2015, bias-corrected; beta 0.9, 0.999; epsilon 1e-8 */
    LH_RMSPROP_GRAVES /* Graves 2013, equations 38-45; the learning rate is 1e-4 there */
} lh_optimizer_kind;

typedef struct lh_optimizer lh_optimizer;

LH_API lh_optimizer *lh_optimizer_new(lh_optimizer_kind kind, size_t parameters, lh_error *error);
LH_API void lh_optimizer_free(lh_optimizer *optimizer);
/* One update of parameters [n] by gradient [n] on `threads` threads, at least one. */
LH_API void lh_optimizer_step(lh_optimizer *optimizer, lh_real *parameters, const lh_real *gradient,
                              double learning_rate, int threads);
/* What a resumed run needs: the number of steps taken and the moment arrays, each [n]. */
LH_API uint64_t lh_optimizer_steps(const lh_optimizer *optimizer);
LH_API void lh_optimizer_set_steps(lh_optimizer *optimizer, uint64_t steps);
LH_API int lh_optimizer_moment_count(const lh_optimizer *optimizer);
LH_API lh_real *lh_optimizer_moment(lh_optimizer *optimizer, int index);
LH_API const char *lh_optimizer_moment_name(const lh_optimizer *optimizer, int index);
/* Is it a running mean of squares, which is never below 0? */
LH_API bool lh_optimizer_moment_is_square(const lh_optimizer *optimizer, int index);

/* Euclidean norm of `gradient` [n], summed in float64 in a fixed order on `threads` threads, at
 * least one. */
LH_API double lh_gradient_norm(const lh_real *gradient, size_t n, int threads);

/* ---- model file ---------------------------------------------------------------------------------
 */

/* A model file is a safetensors file (src/nn/safetensors.h has the format): each tensor of the
 * network by its name and shape [rows, columns], F32 or F16, and in `__metadata__`, all strings:
 *
 *   longhand      "model 1": the kind of file and its version
 *   architecture  JSON {"kind": "synthesis" or "prediction", "layers": N, "cells": H,
 *                 "mixtures": M, "windows": K, "alphabet": A, "cell": "lstm", "head": "mixture",
 *                 "inputs": I, "directions": 1}; a file without one of the last four means
 *                 these, and the pen's 3 inputs. Without skip connections also
 *                 "skips": 0; with a memory "memory": "ntm", "slots": N, "width": W, "reads": R
 *   alphabet      the A characters in ascending order of code point, UTF-8; where A > 0
 *   scale         JSON [scale_x, scale_y]
 *   history       JSON object; may be missing
 *   license       a sentence; may be missing
 */

/* A trained network with what is needed to use it. Plain data around an owned network. */
typedef struct lh_model {
    lh_network *network;     /* owned */
    lh_alphabet alphabet;    /* empty where the architecture has none */
    double scale_x, scale_y; /* whiteboard units in one normalised unit */
    char *history; /* owned; JSON object: how it was trained and what it reached; or NULL */
    char *license; /* owned; a sentence on origin and licence of the weights; or NULL */
    char *path;    /* owned; the file it was read from, for messages; or NULL */
} lh_model;

/* What messages call the model: its path, or "the model". */
LH_API const char *lh_model_name(const lh_model *model);

typedef enum lh_precision { LH_PRECISION_FLOAT32, LH_PRECISION_FLOAT16 } lh_precision;

/* Reads a model file. One that is truncated, malformed or foreign, lacks a tensor, has one too
 * many or of another shape, or holds a weight that is not finite or beyond 65504 (as float16
 * numbers go, as which writing reads them; such sums overflow nowhere), or a scale that no lines
 * have (below 1e-6 or above 2^25), is LH_ERROR_FORMAT with a message naming file and place. NULL on
 * failure; the caller frees with lh_model_free. */
LH_API lh_model *lh_model_load(const char *path, lh_error *error);
LH_API void lh_model_free(lh_model *model);
/* Writes the model whole or not at all ("-": to standard output). One that could not be read back
 * is refused: an alphabet that does not fit the architecture, a scale that no lines have, a history
 * that is not a JSON object (LH_ERROR_ARGUMENT), a weight that is not finite or beyond 65504
 * (LH_ERROR_NUMERIC). The same model gives the same bytes. */
LH_API lh_status lh_model_save(const lh_model *model, const char *path, lh_precision precision,
                               lh_error *error);

#ifdef __cplusplus
}
#endif
#endif
