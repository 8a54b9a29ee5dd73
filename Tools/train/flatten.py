"""Dumps of pages in the manner of other tools, so that the lines' model does not learn the habits of Winnow's own reader."""
import sys, textwrap, zlib

import bs4
import html2text
import lxml.html
import markdownify
from inscriptis import get_text
from inscriptis.model.config import ParserConfig

COLUMNS = 76


def flatten(source, target, manners):
    """Writes a dump of every page of `source`: of several manners each page gets one, by its name."""
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(source.glob("*.html")):
        path = target / f"{file.name}.txt"
        if path.exists():
            continue
        data = file.read_bytes()
        try:
            html = data.decode("utf-8")
        except UnicodeDecodeError:
            html = data.decode("cp1252", "replace")
        manner = manners[zlib.crc32(file.stem.encode()) % len(manners)]
        try:
            path.write_text(manner(html), "utf-8")
        except Exception as error:
            print(f"{file.name}: {manner.__name__}: {error}", file=sys.stderr)


def by_inscriptis(html):
    return get_text(html, ParserConfig(display_links=False))


def wrapped(html):
    """Lines of a terminal's width, as text browsers dump pages: most lines are parts of paragraphs."""
    lines = []
    for line in by_inscriptis(html).split("\n"):
        margin = " " * min(8, len(line) - len(line.lstrip()))
        lines += textwrap.wrap(
            line.strip(), COLUMNS, initial_indent=margin, subsequent_indent=margin, break_long_words=False,
            break_on_hyphens=False) or [""]
    return "\n".join(lines) + "\n"


def by_nodes(html):
    """A line for each node of text, as parsers give them: links part sentences, and no line is empty."""
    tree = lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    texts = tree.xpath("//text()[not(ancestor::script or ancestor::style or ancestor::template or ancestor::head)]")
    return "".join(" ".join(text.split()) + "\n" for text in texts if text.strip())


def by_html2text(html):
    """Markdown with unbroken lines."""
    return html2text.HTML2Text(bodywidth=0).handle(html)


def by_html2text_broken(html):
    """As html2text has it unless told otherwise: links are broken over lines too."""
    return html2text.HTML2Text().handle(html)


def by_markdownify(html):
    """Markdown of another hand, with headings that are underlined."""
    tree = bs4.BeautifulSoup(html, "lxml")
    for element in tree(["script", "style", "noscript", "template", "head", "svg"]):
        element.decompose()
    return markdownify.MarkdownConverter(heading_style="underlined").convert_soup(tree)
