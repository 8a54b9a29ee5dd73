#pragma once
/* Files that the binary carries, so that it works when copied into an empty folder. */
#include <stddef.h>

struct embedded_file {
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t count;
};

/* The rule packs of Rules/, in the order in which they are loaded. */
size_t embedded_pack_count(void);
struct embedded_file embedded_pack(size_t index);

/* The trained models of Rules/models/; Sources/Content/Forest.swift says what is in them. */
size_t embedded_model_count(void);
struct embedded_file embedded_model(size_t index);

/* HTML's named character references, a line each: the name, "!" where the semicolon may be
   missing, and the code points in hexadecimal (WHATWG HTML, section 13.5). */
struct embedded_file embedded_entities(void);
