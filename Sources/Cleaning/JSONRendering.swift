import Content
import Pages

/// Metadata, the text, and each kept block with its place in the file.
struct JSONRendering {
  let page: CleanPage

  func render() -> [UInt8] {
    var json = JSONWriter()
    let places = SourcePlaces(page)
    json.line { json in
      json.describe(page)
      json.field("verdict", page.verdict.rawValue)
      json.field("text", utf8: TextRendering(page: page).render(withMetadata: false))
      json.key("blocks")
      json.array { json in
        for block in page.kept { append(block, places, &json) }
      }
    }
    return json.bytes
  }

  private func append(_ block: Int, _ places: SourcePlaces, _ json: inout JSONWriter) {
    let place = places.place(of: page.blocks.range(block))
    json.object { json in
      json.field("kind", "\(page.blocks.kinds[block])")
      if page.blocks.levels[block] > 0 { json.field("level", Int(page.blocks.levels[block])) }
      json.field("text", utf8: page.written.plainText(block))
      json.field("line", place.start.line)
      json.field("column", place.start.column)
      json.field("byteOffset", place.byteOffset)
      json.field("byteLength", place.byteLength)
      json.field("score", page.judgement.scores[block])
    }
  }
}

extension JSONWriter {
  /// What the page says of itself, and where it does, with its type: null where nobody knows.
  package mutating func describe(_ page: CleanPage) {
    let metadata = page.metadata
    let values: [(name: StaticString, value: Metadata.Value?)] = [
      ("title", metadata.title), ("byline", metadata.byline), ("date", metadata.date), ("language", metadata.language),
      ("site", metadata.siteName), ("canonical", metadata.canonicalURL), ("description", metadata.summary),
    ]
    field("page", page.name)
    field("url", page.url)
    for (name, value) in values { field(name, value?.text) }
    key("metadataFrom")
    object { json in
      for case (let name, let value?) in values { json.field(name, value.source) }
    }
    field("pageType", page.type?.rawValue)
    field("pageTypeConfidence", page.type == nil ? 0 : page.judgement.pageTypeConfidence)
  }
}
