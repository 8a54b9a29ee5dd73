#pragma once
#include <zlib.h>

/* A macro, which Swift does not see. Members of gzip alone are read, with the largest window. */
static inline int winnow_gzip_open(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
