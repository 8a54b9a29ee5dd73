#include "embedded_profiles.h"
#include "file_of.h"

static const unsigned char strict[] = {
#embed "../../Rules/profiles/strict.yaml"
};
static const unsigned char balanced[] = {
#embed "../../Rules/profiles/balanced.yaml"
};
static const unsigned char lint_only[] = {
#embed "../../Rules/profiles/lint-only.yaml"
};
static const unsigned char rag[] = {
#embed "../../Rules/profiles/rag.yaml"
};

static const struct embedded_file profiles[] = {
    FILE_OF("strict.yaml", strict),
    FILE_OF("balanced.yaml", balanced),
    FILE_OF("lint-only.yaml", lint_only),
    FILE_OF("rag.yaml", rag),
};

size_t embedded_profile_count(void) { return sizeof profiles / sizeof profiles[0]; }
struct embedded_file embedded_profile(size_t index) { return profiles[index]; }
