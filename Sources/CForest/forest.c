#include "cforest.h"

typedef float values __attribute__((vector_size(4 * CFOREST_LANES)));
typedef uint32_t lanes __attribute__((vector_size(4 * CFOREST_LANES)));

static inline __attribute__((always_inline)) float larger(float a, float b) { return a > b ? a : b; }

static inline __attribute__((always_inline)) void strike(
    const cforest_condition *conditions, const cforest_range *ranges, int32_t count, const float *const *rows,
    lanes *leaves) {
  for (int32_t i = 0; i < count; i++) {
    const cforest_range range = ranges[i];
    values value;
    for (int lane = 0; lane < CFOREST_LANES; lane++) value[lane] = rows[lane][range.feature];
    float highest = value[0];
    for (int lane = 1; lane < CFOREST_LANES; lane++) highest = larger(highest, value[lane]);
    for (int32_t at = range.first; at < range.end; at++) {
      const cforest_condition condition = conditions[at];
      // All behind it hold too.
      if (condition.threshold >= highest) break;
      leaves[condition.tree] &= condition.leaves | (lanes)(value <= condition.threshold);
    }
  }
}

static inline __attribute__((always_inline)) void sum(const uint32_t *leaves, const float *leaf_values, int32_t leaf_count,
                                                      int32_t trees, int32_t step, float *sums) {
  float all[CFOREST_LANES];
  for (int lane = 0; lane < CFOREST_LANES; lane++) all[lane] = sums[lane];
  for (int32_t tree = 0; tree < trees; tree += step) {
    const uint32_t *own = leaves + (int64_t)tree * CFOREST_LANES;
    const float *says = leaf_values + (int64_t)tree * leaf_count;
    for (int lane = 0; lane < CFOREST_LANES; lane++) all[lane] += says[__builtin_ctz(own[lane])];
  }
  for (int lane = 0; lane < CFOREST_LANES; lane++) sums[lane] = all[lane];
}

#if defined(__x86_64__)
// Eight lanes in one register: most processors have them, but a build for all may not count on it.
__attribute__((target("avx2"))) static void strike_wide(
    const cforest_condition *conditions, const cforest_range *ranges, int32_t count, const float *const *rows,
    lanes *leaves) {
  strike(conditions, ranges, count, rows, leaves);
}
// Counting zeros is one step where the processor knows BMI.
__attribute__((target("avx2,bmi"))) static void sum_wide(const uint32_t *leaves, const float *values,
                                                         int32_t leaf_count, int32_t trees, int32_t step, float *sums) {
  sum(leaves, values, leaf_count, trees, step, sums);
}
#endif

void cforest_strike(const cforest_condition *conditions, const cforest_range *ranges, int32_t count,
                    const float *const *rows, uint32_t *leaves) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    strike_wide(conditions, ranges, count, rows, (lanes *)leaves);
    return;
  }
#endif
  strike(conditions, ranges, count, rows, (lanes *)leaves);
}

void cforest_sum(const uint32_t *leaves, const float *values, int32_t leaf_count, int32_t trees, int32_t step,
                 float *sums) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
    sum_wide(leaves, values, leaf_count, trees, step, sums);
    return;
  }
#endif
  sum(leaves, values, leaf_count, trees, step, sums);
}
