#include "subject.h"
#include <stdlib.h>
#include <unicode/ubrk.h>

struct ctext_breaker {
  UBreakIterator *iterator;
  enum ctext_unit unit;
  ctext_subject *subject;
};

ctext_breaker *ctext_breaker_open(enum ctext_unit unit, const char *locale) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator =
      ubrk_open(unit == CTEXT_SENTENCE ? UBRK_SENTENCE : UBRK_WORD, locale, NULL, 0, &status);
  if (U_FAILURE(status)) return NULL;
  ctext_breaker *breaker = calloc(1, sizeof *breaker);
  if (!breaker) abort();
  breaker->iterator = iterator;
  breaker->unit = unit;
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
  int32_t written = 0, previous = 0, position;
  while ((position = ubrk_next(breaker->iterator)) != UBRK_DONE) {
    if (breaker->unit == CTEXT_SENTENCE) {
      if (written < capacity) offsets[written] = map[position];
      written++;
    } else if (ubrk_getRuleStatus(breaker->iterator) >= UBRK_WORD_NUMBER) {
      if (written + 1 < capacity) {
        offsets[written] = map[previous];
        offsets[written + 1] = map[position];
      }
      written += 2;
    }
    previous = position;
  }
  return written;
}
