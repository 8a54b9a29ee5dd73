#pragma once
/* libxml2 built with ICU would bring ICU's C types into Swift, where they clash
   with Foundation's own copy. Nothing used here needs the ICU-only fields. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

/* Variadic callbacks cannot be written in Swift. */
static inline void winnow_xml_ignore(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

/* libxml2's generic error handler is per thread. */
static inline void winnow_xml_start_thread(void) {
  xmlInitParser();
  xmlSetGenericErrorFunc(NULL, winnow_xml_ignore);
}

/* A parser that reads UTF-8 from memory as it is: no meta tag may switch the
   encoding, no entity file is fetched, no limit of depth or size applies. */
static inline htmlParserCtxtPtr winnow_xml_open(const char *bytes, int count) {
  htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(bytes, count);
  if (!parser) return NULL;
  htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                 HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE);
  parser->charset = XML_CHAR_ENCODING_UTF8;
  memset(parser->sax, 0, sizeof *parser->sax);
  return parser;
}

static inline void winnow_xml_close(htmlParserCtxtPtr parser) {
  if (parser->myDoc) xmlFreeDoc(parser->myDoc);
  parser->myDoc = NULL;
  htmlFreeParserCtxt(parser);
}

/* How many bytes of the input lie before the parser's position. */
static inline long winnow_xml_consumed(htmlParserCtxtPtr parser) {
  const xmlParserInput *input = parser->input;
  return input ? (long)input->consumed + (input->cur - input->base) : 0;
}
