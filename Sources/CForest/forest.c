#include "cforest.h"

typedef float values __attribute__((vector_size(4 * CFOREST_LANES)));
typedef uint32_t lanes __attribute__((vector_size(4 * CFOREST_LANES)));

static float larger(float a, float b) { return a > b ? a : b; }

void cforest_strike(const cforest_condition *conditions, const cforest_range *ranges, int32_t count,
                    const float *const *rows, uint32_t *leaves) {
  lanes *remaining = (lanes *)leaves;
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
      remaining[condition.tree] &= condition.leaves | (lanes)(value <= condition.threshold);
    }
  }
}
