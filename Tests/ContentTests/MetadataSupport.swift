import Pages
import Testing

@testable import Content

/// The metadata of a page written in the test.
func metadata(head: String = "", body: String = "", lang: String? = "en", url: String? = nil) throws -> Metadata {
  let lang = lang.map { " lang=\"\($0)\"" } ?? ""
  let html = "<!doctype html><html\(lang)><head>\(head)</head><body>\(body)</body></html>"
  let page = try PageReader().read(Page(name: "page.html", url: url, bytes: Array(html.utf8)))
  return MetadataReader().read(page, findings: [])
}

func jsonLD(_ text: String) -> String { "<script type=\"application/ld+json\">\(text)</script>" }
