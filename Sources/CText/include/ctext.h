#pragma once
/* A narrow face over ICU: opaque pointers and plain integers, UTF-8 in, byte
   offsets out. Swift sees no ICU type, so that Foundation's private copy of ICU
   cannot clash with the system's. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/* Sentence boundaries of English, with its abbreviations. */
typedef struct ctext_breaker ctext_breaker;

ctext_breaker *_Nullable ctext_breaker_open(void);
void ctext_breaker_close(ctext_breaker *breaker);
/* Writes the byte offset of each sentence's end. Returns how many there are in all, which may
   exceed `capacity` (then call again with more room), or -1 on failure. */
int32_t ctext_break(ctext_breaker *breaker, const uint8_t *utf8, int32_t count,
                    int32_t *_Nullable offsets, int32_t capacity);

/* Folding for matching: NFKC, case, quotes, dashes, spaces, invisible characters. */
typedef struct ctext_folder ctext_folder;
ctext_folder *_Nullable ctext_folder_open(void);
void ctext_folder_close(ctext_folder *folder);
/* Writes the folded bytes and, for each of them, the offset in `utf8` of the character it
   came from, then one offset more for the end. Returns the folded length; when that exceeds
   `capacity`, nothing past it was written. `map` must have room for capacity + 1 numbers. */
int32_t ctext_fold(ctext_folder *folder, const uint8_t *utf8, int32_t count, uint8_t *_Nullable out,
                   int32_t *_Nullable map, int32_t capacity);

/* The lower-case ASCII letter that the character looks like by Unicode's confusables (UTS 39), 0 where
   it looks like none. */
uint8_t ctext_latin_lookalike(ctext_folder *folder, uint32_t scalar);

/* Text prepared for several regular expressions. */
typedef struct ctext_subject ctext_subject;
ctext_subject *ctext_subject_open(void);
void ctext_subject_close(ctext_subject *subject);
void ctext_subject_set(ctext_subject *subject, const uint8_t *_Nullable utf8, int32_t count);

typedef struct ctext_regex ctext_regex;
/* On failure returns NULL; `error_offset` is then the UTF-16 offset in the pattern and
   `message` ICU's name of the error. */
ctext_regex *_Nullable ctext_regex_open(const char *pattern, int32_t *error_offset,
                                        const char *_Nullable *_Nonnull message);
void ctext_regex_close(ctext_regex *regex);
/* 1 found (byte range of the match in the subject), 0 not found, -1 stopped by the time
   limit (`limit`, in ICU's steps of about a millisecond) or by ICU's stack limit. */
int ctext_regex_find(ctext_regex *regex, ctext_subject *subject, int32_t from, int32_t limit,
                     int32_t *start, int32_t *end);

/* How many groups the pattern has; the byte range of one of them in the subject, after a match that was found.
   False where the group took no part in it. */
int32_t ctext_regex_groups(const ctext_regex *regex);
bool ctext_regex_group(ctext_regex *regex, const ctext_subject *subject, int32_t group, int32_t *start,
                       int32_t *end);

/* Charset detection and conversion. */
const char *_Nullable ctext_detect_charset(const uint8_t *bytes, int32_t count);
/* Converts to UTF-8 with U+FFFD for what is invalid. Returns the length needed, -1 where ICU
   knows no such charset. */
int64_t ctext_decode(const char *charset, const uint8_t *bytes, int64_t count,
                     uint8_t *_Nullable out, int64_t capacity);

#pragma clang assume_nonnull end
