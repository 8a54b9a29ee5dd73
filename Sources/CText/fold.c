#include "ctext.h"
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

/* Characters of two bytes that fold into one character, whatever it is. */
enum { SHORT_FIRST = 0x80, SHORT_END = 0x590, LONG = 0xFFFF };

struct ctext_folder {
  const UNormalizer2 *normalizer;
  USpoofChecker *spoof; /* opened on first use */
  UChar shorts[SHORT_END - SHORT_FIRST]; /* what each becomes, LONG where it is more or nothing, 0 until asked */
};

static UChar ask_short(const ctext_folder *folder, UChar c) {
  UChar folded[8];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = unorm2_normalize(folder->normalizer, &c, 1, folded, 8, &status);
  return U_SUCCESS(status) && length == 1 ? folded[0] : LONG;
}

ctext_folder *ctext_folder_open(void) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
  if (U_FAILURE(status)) return NULL;
  ctext_folder *folder = calloc(1, sizeof *folder);
  if (!folder) abort();
  folder->normalizer = normalizer;
  return folder;
}

void ctext_folder_close(ctext_folder *folder) {
  if (folder->spoof) uspoof_close(folder->spoof);
  free(folder);
}

uint8_t ctext_latin_lookalike(ctext_folder *folder, uint32_t scalar) {
  UErrorCode status = U_ZERO_ERROR;
  if (!folder->spoof) folder->spoof = uspoof_open(&status);
  if (U_FAILURE(status)) return 0;
  UChar units[2], skeleton[8];
  int32_t count = 0;
  U16_APPEND_UNSAFE(units, count, (UChar32)scalar);
  int32_t length = uspoof_getSkeleton(folder->spoof, 0, units, count, skeleton, 8, &status);
  if (U_FAILURE(status) || length != 1) return 0;
  UChar c = skeleton[0];
  if (c >= 'A' && c <= 'Z') c += 32;
  return c >= 'a' && c <= 'z' ? (uint8_t)c : 0;
}

struct sink {
  uint8_t *out;
  int32_t *map;
  int32_t count, capacity;
  int32_t pending_space; /* offset of a space not yet written, -1 for none */
};

static void put(struct sink *sink, const uint8_t *bytes, int32_t n, int32_t from) {
  for (int32_t i = 0; i < n; i++, sink->count++) {
    if (sink->count < sink->capacity) {
      sink->out[sink->count] = bytes[i];
      sink->map[sink->count] = from;
    }
  }
}

static void put_scalar(struct sink *sink, UChar32 c, int32_t from) {
  /* White space: runs become one space, none at either end. */
  if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || (c >= 0x80 && u_isUWhiteSpace(c))) {
    if (sink->count > 0 && sink->pending_space < 0) sink->pending_space = from;
    return;
  }
  if (c < 0x20 || c == 0x7F) return;
  if (sink->pending_space >= 0) {
    const uint8_t space = ' ';
    put(sink, &space, 1, sink->pending_space);
    sink->pending_space = -1;
  }
  uint8_t bytes[4];
  int32_t n = 0;
  U8_APPEND_UNSAFE(bytes, n, c);
  put(sink, bytes, n, from);
}

/* Characters that NFKC leaves apart though readers do not tell them apart. 0: dropped. */
static UChar32 plain(UChar32 c) {
  switch (c) {
  case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x02BC: case 0x00B4: case 0x0060:
    return '\'';
  case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033:
    return '"';
  case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
    return '-';
  case 0x00AD: case 0x061C: case 0x200B: case 0x200C: case 0x200D: case 0x200E: case 0x200F:
  case 0x202A: case 0x202B: case 0x202C: case 0x202D: case 0x202E: case 0x2060: case 0x2061:
  case 0x2062: case 0x2063: case 0x2064: case 0x2066: case 0x2067: case 0x2068: case 0x2069: case 0xFEFF:
    return 0;
  default:
    return c;
  }
}

/* Whether the character at `i` may melt into the one before it. */
static bool may_combine(const uint8_t *s, int32_t i, int32_t n) {
  if (i >= n || s[i] < 0xCC) return false; /* the first mark is U+0300 */
  UChar32 c;
  U8_NEXT_OR_FFFD(s, i, n, c);
  return u_getCombiningClass(c) != 0;
}

/* What the character folds into where it is a single one and can be told without ICU's normalizer; 0
   where not. */
static UChar32 simple(ctext_folder *folder, UChar32 c) {
  if (c < 0x80) return c;
  if (c >= SHORT_END) return unorm2_isInert(folder->normalizer, c) ? c : 0;
  UChar *known = &folder->shorts[c - SHORT_FIRST];
  if (!*known) *known = ask_short(folder, (UChar)c);
  return *known == LONG ? 0 : *known;
}

int32_t ctext_fold(ctext_folder *folder, const uint8_t *s, int32_t n, uint8_t *out, int32_t *map,
                   int32_t capacity) {
  struct sink sink = {out, map, 0, capacity, -1};
  int32_t i = 0;
  while (i < n) {
    int32_t at = i;
    if (s[i] < 0x80 && !may_combine(s, i + 1, n)) {
      uint8_t c = s[i++];
      put_scalar(&sink, c == 0x60 ? '\'' : (c >= 'A' && c <= 'Z') ? c + 32 : c, at);
      continue;
    }
    /* One character with the marks that follow it, so that composition works. */
    UChar units[34], folded[80];
    int32_t count = 0;
    UChar32 c;
    U8_NEXT_OR_FFFD(s, i, n, c);
    c = plain(c);
    UChar32 short_cut = may_combine(s, i, n) ? 0 : simple(folder, c);
    if (short_cut) {
      short_cut = plain(short_cut);
      if (short_cut >= 'A' && short_cut <= 'Z') short_cut += 32;
      if (short_cut) put_scalar(&sink, short_cut, at);
      continue;
    }
    if (c) U16_APPEND_UNSAFE(units, count, c);
    while (c && i < n && s[i] >= 0x80 && count < 30) {
      int32_t next = i;
      UChar32 mark;
      U8_NEXT_OR_FFFD(s, next, n, mark);
      if (u_getCombiningClass(mark) == 0) break;
      U16_APPEND_UNSAFE(units, count, mark);
      i = next;
    }
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = unorm2_normalize(folder->normalizer, units, count, folded, 80, &status);
    if (U_FAILURE(status)) length = 0;
    for (int32_t k = 0; k < length;) {
      UChar32 folded_scalar;
      U16_NEXT(folded, k, length, folded_scalar);
      folded_scalar = plain(folded_scalar);
      if (folded_scalar) put_scalar(&sink, folded_scalar, at);
    }
  }
  if (sink.count <= capacity && map) map[sink.count] = sink.pending_space >= 0 ? sink.pending_space : n;
  return sink.count;
}
