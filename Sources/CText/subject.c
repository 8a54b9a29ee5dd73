#include "subject.h"
#include <stdlib.h>
#include <unicode/utf.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

static void *must(void *p) {
  if (!p) abort();
  return p;
}

ctext_subject *ctext_subject_open(void) { return must(calloc(1, sizeof(ctext_subject))); }

void ctext_subject_close(ctext_subject *subject) {
  free(subject->units);
  free(subject->offsets);
  free(subject);
}

void ctext_subject_reserve(ctext_subject *subject, int32_t count) {
  if (subject->units && subject->capacity >= count) return;
  subject->capacity = count + count / 2 + 256;
  subject->units = must(realloc(subject->units, (size_t)subject->capacity * sizeof(UChar)));
  subject->offsets = must(realloc(subject->offsets, ((size_t)subject->capacity + 1) * sizeof(int32_t)));
}

void ctext_subject_set(ctext_subject *subject, const uint8_t *s, int32_t n) {
  ctext_subject_reserve(subject, n);
  int32_t i = 0, k = 0;
  while (i < n) {
    int32_t at = i;
    UChar32 c;
    if (s[i] < 0x80) {
      c = s[i++];
    } else {
      U8_NEXT_OR_FFFD(s, i, n, c);
    }
    subject->offsets[k] = at;
    if (c < 0x10000) {
      subject->units[k++] = (UChar)c;
    } else {
      subject->units[k++] = U16_LEAD(c);
      subject->offsets[k] = at;
      subject->units[k++] = U16_TRAIL(c);
    }
  }
  subject->offsets[k] = n;
  subject->count = k;
}
