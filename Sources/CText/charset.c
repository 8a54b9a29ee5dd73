#include "ctext.h"
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>

const char *ctext_detect_charset(const uint8_t *bytes, int32_t count) {
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&status);
  if (U_FAILURE(status)) return NULL;
  ucsdet_setText(detector, (const char *)bytes, count, &status);
  const UCharsetMatch *match = ucsdet_detect(detector, &status);
  const char *name = NULL;
  /* The detector's own table of names outlives it. */
  if (U_SUCCESS(status) && match) name = ucsdet_getName(match, &status);
  ucsdet_close(detector);
  return name;
}

/* ICU's own callback writes U+001A for a single bad byte in some charsets. */
static void replace(const void *context, UConverterToUnicodeArgs *args, const char *units, int32_t length,
                    UConverterCallbackReason reason, UErrorCode *status) {
  (void)context, (void)units, (void)length;
  if (reason > UCNV_IRREGULAR) return;
  const UChar replacement = 0xFFFD;
  *status = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, &replacement, 1, 0, status);
}

int64_t ctext_decode(const char *charset, const uint8_t *bytes, int64_t count, uint8_t *out,
                     int64_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *from = ucnv_open(charset, &status), *to = ucnv_open("UTF-8", &status);
  if (U_FAILURE(status)) {
    if (from) ucnv_close(from);
    if (to) ucnv_close(to);
    return -1;
  }
  ucnv_setToUCallBack(from, replace, NULL, NULL, NULL, &status);
  const char *source = (const char *)bytes, *end = source + count;
  UChar pivot[2048], *pivot_source = pivot, *pivot_target = pivot;
  char spill[4096];
  int64_t total = 0;
  UBool reset = 1;
  for (;;) {
    char *start = total < capacity ? (char *)out + total : spill;
    char *target = start;
    char *limit = total < capacity ? (char *)out + capacity : spill + sizeof spill;
    status = U_ZERO_ERROR;
    ucnv_convertEx(to, from, &target, limit, &source, end, pivot, &pivot_source, &pivot_target,
                   pivot + 2048, reset, 1, &status);
    reset = 0;
    total += target - start;
    if (status != U_BUFFER_OVERFLOW_ERROR) break;
  }
  ucnv_close(from);
  ucnv_close(to);
  return total;
}
