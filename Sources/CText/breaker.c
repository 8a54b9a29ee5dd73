#include "subject.h"
#include <stdlib.h>
#include <unicode/ubrk.h>

struct ctext_breaker {
  UBreakIterator *iterator;
  ctext_subject *subject;
};

ctext_breaker *ctext_breaker_open(void) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(UBRK_SENTENCE, "en@ss=standard", NULL, 0, &status);
  if (U_FAILURE(status)) return NULL;
  ctext_breaker *breaker = calloc(1, sizeof *breaker);
  if (!breaker) abort();
  breaker->iterator = iterator;
  breaker->subject = ctext_subject_open();
  return breaker;
}

void ctext_breaker_close(ctext_breaker *breaker) {
  ubrk_close(breaker->iterator);
  ctext_subject_close(breaker->subject);
  free(breaker);
}

int32_t ctext_break(ctext_breaker *breaker, const uint8_t *utf8, int32_t count, int32_t *offsets,
                    int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  ctext_subject_set(breaker->subject, utf8, count);
  const int32_t *map = breaker->subject->offsets;
  ubrk_setText(breaker->iterator, breaker->subject->units, breaker->subject->count, &status);
  if (U_FAILURE(status)) return -1;
  int32_t written = 0, position;
  while ((position = ubrk_next(breaker->iterator)) != UBRK_DONE) {
    if (written < capacity) offsets[written] = map[position];
    written++;
  }
  return written;
}
