#include "file_of.h"

static const unsigned char entities[] = {
#embed "entities.txt"
};

static const unsigned char signup[] = {
#embed "../../Rules/signup.yaml"
};
static const unsigned char ai_notice[] = {
#embed "../../Rules/ai-notice.yaml"
};
static const unsigned char consent[] = {
#embed "../../Rules/consent.yaml"
};
static const unsigned char paywall[] = {
#embed "../../Rules/paywall.yaml"
};
static const unsigned char player[] = {
#embed "../../Rules/player.yaml"
};
static const unsigned char share[] = {
#embed "../../Rules/share.yaml"
};
static const unsigned char comments[] = {
#embed "../../Rules/comments.yaml"
};
static const unsigned char related[] = {
#embed "../../Rules/related.yaml"
};
static const unsigned char ads[] = {
#embed "../../Rules/ads.yaml"
};
static const unsigned char app[] = {
#embed "../../Rules/app.yaml"
};
static const unsigned char donate[] = {
#embed "../../Rules/donate.yaml"
};
static const unsigned char navigation[] = {
#embed "../../Rules/navigation.yaml"
};
static const unsigned char legal[] = {
#embed "../../Rules/legal.yaml"
};
static const unsigned char error[] = {
#embed "../../Rules/error.yaml"
};
static const unsigned char meta[] = {
#embed "../../Rules/meta.yaml"
};
static const unsigned char other[] = {
#embed "../../Rules/other.yaml"
};

static const unsigned char blocks_model[] = {
#embed "../../Rules/models/blocks.bin"
};
static const unsigned char lines_model[] = {
#embed "../../Rules/models/lines.bin"
};
static const unsigned char families_model[] = {
#embed "../../Rules/models/families.bin"
};
static const unsigned char types_model[] = {
#embed "../../Rules/models/types.bin"
};
static const unsigned char words_model[] = {
#embed "../../Rules/models/words.bin"
};

static const struct embedded_file packs[] = {
    FILE_OF("signup.yaml", signup),
    FILE_OF("ai-notice.yaml", ai_notice),
    FILE_OF("consent.yaml", consent),
    FILE_OF("paywall.yaml", paywall),
    FILE_OF("player.yaml", player),
    FILE_OF("share.yaml", share),
    FILE_OF("comments.yaml", comments),
    FILE_OF("related.yaml", related),
    FILE_OF("ads.yaml", ads),
    FILE_OF("app.yaml", app),
    FILE_OF("donate.yaml", donate),
    FILE_OF("navigation.yaml", navigation),
    FILE_OF("legal.yaml", legal),
    FILE_OF("error.yaml", error),
    FILE_OF("meta.yaml", meta),
    FILE_OF("other.yaml", other),
};

size_t embedded_pack_count(void) { return sizeof packs / sizeof packs[0]; }
struct embedded_file embedded_pack(size_t index) { return packs[index]; }

static const struct embedded_file models[] = {
    FILE_OF("blocks.bin", blocks_model),
    FILE_OF("lines.bin", lines_model),
    FILE_OF("types.bin", types_model),
    FILE_OF("words.bin", words_model),
    FILE_OF("families.bin", families_model),
};

size_t embedded_model_count(void) { return sizeof models / sizeof models[0]; }
struct embedded_file embedded_model(size_t index) { return models[index]; }

struct embedded_file embedded_entities(void) {
  return (struct embedded_file)FILE_OF("entities.txt", entities);
}
