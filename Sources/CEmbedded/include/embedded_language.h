#pragma once
/* Language data and the trained model of the briefs. */
#include "embedded.h"

/* Rules/language/: abbreviations for the sentence splitter, words for the briefs. */
struct embedded_file embedded_abbreviations(void);
struct embedded_file embedded_words(void);
/* Rules/models/: the brief model and the document frequencies of English stems (see briefs.md there). */
struct embedded_file embedded_brief_model(void);
struct embedded_file embedded_document_frequencies(void);
