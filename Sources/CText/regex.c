#include "subject.h"
#include <stdlib.h>
#include <unicode/uregex.h>
#include <unicode/ustring.h>

struct ctext_regex {
  URegularExpression *compiled;
};

ctext_regex *ctext_regex_open(const char *pattern, int32_t *error_offset, const char **message) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where = {.offset = 0};
  int32_t length = 0;
  u_strFromUTF8(NULL, 0, &length, pattern, -1, &status);
  status = U_ZERO_ERROR;
  UChar *units = malloc(((size_t)length + 1) * sizeof(UChar));
  if (!units) abort();
  u_strFromUTF8(units, length + 1, NULL, pattern, -1, &status);
  URegularExpression *compiled = uregex_open(units, length, 0, &where, &status);
  free(units);
  if (U_FAILURE(status)) {
    *error_offset = where.offset;
    *message = u_errorName(status);
    return NULL;
  }
  ctext_regex *regex = malloc(sizeof *regex);
  if (!regex) abort();
  regex->compiled = compiled;
  return regex;
}

void ctext_regex_close(ctext_regex *regex) {
  uregex_close(regex->compiled);
  free(regex);
}

static int32_t unit_at(const ctext_subject *subject, int32_t byte) {
  int32_t low = 0, high = subject->count;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (subject->offsets[middle] < byte) low = middle + 1; else high = middle;
  }
  return low;
}

int ctext_regex_find(ctext_regex *regex, ctext_subject *subject, int32_t from, int32_t limit,
                     int32_t *start, int32_t *end) {
  UErrorCode status = U_ZERO_ERROR;
  ctext_subject_reserve(subject, 1);
  uregex_setTimeLimit(regex->compiled, limit, &status);
  uregex_setText(regex->compiled, subject->units, subject->count, &status);
  UBool found = uregex_find(regex->compiled, from == 0 ? 0 : unit_at(subject, from), &status);
  if (U_FAILURE(status)) return -1;
  if (!found) return 0;
  *start = subject->offsets[uregex_start(regex->compiled, 0, &status)];
  *end = subject->offsets[uregex_end(regex->compiled, 0, &status)];
  return 1;
}

int32_t ctext_regex_groups(const ctext_regex *regex) {
  UErrorCode status = U_ZERO_ERROR;
  return uregex_groupCount(regex->compiled, &status);
}

bool ctext_regex_group(ctext_regex *regex, const ctext_subject *subject, int32_t group, int32_t *start,
                       int32_t *end) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t from = uregex_start(regex->compiled, group, &status);
  int32_t to = uregex_end(regex->compiled, group, &status);
  if (U_FAILURE(status) || from < 0) return false;
  *start = subject->offsets[from];
  *end = subject->offsets[to];
  return true;
}
