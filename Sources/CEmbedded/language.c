#include "embedded_language.h"
#include "file_of.h"

static const unsigned char abbreviations[] = {
#embed "../../Rules/language/abbreviations.txt"
};
static const unsigned char words[] = {
#embed "../../Rules/language/words.txt"
};
static const unsigned char brief_model[] = {
#embed "../../Rules/models/briefs.bin"
};
static const unsigned char document_frequencies[] = {
#embed "../../Rules/models/frequencies-en.bin"
};

struct embedded_file embedded_abbreviations(void) {
  return (struct embedded_file)FILE_OF("abbreviations.txt", abbreviations);
}
struct embedded_file embedded_words(void) {
  return (struct embedded_file)FILE_OF("words.txt", words);
}
struct embedded_file embedded_brief_model(void) {
  return (struct embedded_file)FILE_OF("briefs.bin", brief_model);
}
struct embedded_file embedded_document_frequencies(void) {
  return (struct embedded_file)FILE_OF("frequencies-en.bin", document_frequencies);
}
