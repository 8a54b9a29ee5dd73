import Pages

/// Metadata, the text, and each kept block with its place in the file.
struct JSONRendering {
  let page: CleanPage

  func render() -> [UInt8] {
    var json = JSONWriter()
    let metadata = page.metadata
    let places = SourcePlaces(page)
    json.line { json in
      json.field("page", page.name)
      json.field("url", page.url)
      json.field("title", metadata.title?.text)
      json.field("byline", metadata.byline?.text)
      json.field("date", metadata.date?.text)
      json.field("language", metadata.language?.text)
      json.field("site", metadata.siteName?.text)
      json.field("description", metadata.summary?.text)
      json.field("pageType", page.judgement.pageType.rawValue)
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
      json.field("text", utf8: page.written.bytes(block))
      json.field("line", place.start.line)
      json.field("column", place.start.column)
      json.field("byteOffset", place.byteOffset)
      json.field("byteLength", place.byteLength)
      json.field("score", page.judgement.scores[block])
    }
  }
}
