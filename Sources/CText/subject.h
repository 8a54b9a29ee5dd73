#pragma once
/* UTF-16 text with the UTF-8 offset of each unit: ICU's engines want UTF-16. */
#include "ctext.h"
#include <unicode/utypes.h>

struct ctext_subject {
  UChar *units;
  int32_t *offsets; /* count + 1 of them */
  int32_t count, capacity;
};

void ctext_subject_reserve(struct ctext_subject *subject, int32_t count);
