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

#if defined(__x86_64__)
// Eight lanes in one register: most processors have them, but a build for all may not count on it.
__attribute__((target("avx2"))) static void strike_wide(
    const cforest_condition *conditions, const cforest_range *ranges, int32_t count, const float *const *rows,
    lanes *leaves) {
  strike(conditions, ranges, count, rows, leaves);
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
