#pragma once
/* The profiles of Rules/profiles/. */
#include "embedded.h"

size_t embedded_profile_count(void);
struct embedded_file embedded_profile(size_t index);
