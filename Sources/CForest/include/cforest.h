/* The inner loop of Content's forests. In C, since vectors of Swift are slow in builds for tests. */
#ifndef CFOREST_H
#define CFOREST_H
#include <stdint.h>

#pragma clang assume_nonnull begin

/* Rows that are judged at once. */
enum { CFOREST_LANES = 8 };

typedef struct {
  float threshold;
  int32_t tree;
  /* What remains of the tree's leaves where a value is above the threshold. */
  uint32_t leaves;
} cforest_condition;

/* The conditions of a feature, [first, end), by rising threshold. */
typedef struct {
  int32_t feature;
  int32_t first, end;
} cforest_range;

/* Strikes from `leaves`, CFOREST_LANES a tree, what the rows' values exclude. The leaves are aligned to 32 bytes. */
void cforest_strike(const cforest_condition *conditions, const cforest_range *ranges, int32_t count,
                    const float *_Nonnull const *_Nonnull rows, uint32_t *leaves);

/* Adds to `sums`, one a lane, what the first leaf that remains of every `step`th tree says: `leafCount` values a tree. */
void cforest_sum(const uint32_t *leaves, const float *values, int32_t leafCount, int32_t trees, int32_t step,
                 float *sums);

#pragma clang assume_nonnull end
#endif
