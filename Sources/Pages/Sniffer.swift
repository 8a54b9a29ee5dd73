import Glibc

/// Decides from a page's bytes what it is.
enum Sniffer {
  /// The name of the binary format that the bytes are in, nil for text.
  static func binaryFormat(_ bytes: [UInt8]) -> String? {
    for (magic, name) in magics where bytes.starts(with: magic) { return name }
    if isMHTML(bytes) { return "an MHTML archive (save the page as HTML alone, or unpack it first)" }
    if Charset.hasUTF16Mark(bytes) || Charset.unmarkedUTF16(bytes) != nil { return nil }
    let head = bytes.prefix(4096)
    guard !head.isEmpty else { return nil }
    var controls = 0
    head.withUnsafeBufferPointer { head in
      for c in head where c < 32 && (c < 9 || (c > 13 && c != 27)) { controls &+= 1 }
    }
    // A page may hold a few stray NULs; a binary file holds many.
    return controls > 8 && controls * 20 > head.count ? "binary data" : nil
  }

  private static let magics: [([UInt8], String)] = [
    (Array("%PDF-".utf8), "a PDF file"), ([0x89, 0x50, 0x4E, 0x47], "a PNG image"), (Array("GIF8".utf8), "a GIF image"),
    ([0xFF, 0xD8, 0xFF], "a JPEG image"), ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive (unpack it first)"),
    ([0x1F, 0x8B], "a gzip file (unpack it first)"),
    ([0x7F, 0x45, 0x4C, 0x46], "an executable"), ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file (unpack it first)"),
    (Array("RIFF".utf8), "a RIFF media file"), (Array("wOF".utf8), "a web font"),
    ([0xD0, 0xCF, 0x11, 0xE0], "an Office file"),
    (Array("BZh".utf8), "a bzip2 file (unpack it first)"), ([0xFD, 0x37, 0x7A, 0x58], "an xz file (unpack it first)"),
    (Array("SQLite format".utf8), "a database"),
    (Array("filedesc://".utf8), "an ARC archive (make a WARC of it first)"),
    (Array("WARC/1.".utf8), "a WARC archive (name it .warc, or .warc.gz where it is packed)"),
  ]

  /// A page saved with all that it shows: a mail message, told by what stands before its first empty line.
  private static func isMHTML(_ bytes: [UInt8]) -> Bool {
    guard bytes.prefix(40).first(where: { !isLetter($0) && $0 != 0x2D }) == 0x3A else { return false }
    let lines = String(decoding: bytes.prefix(4096), as: UTF8.self).lowercased()
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let headers = lines.prefix { !$0.isEmpty }
    if headers.first?.hasPrefix("from: <saved by") == true { return true }
    return headers.contains { $0.hasPrefix("mime-version:") } && headers.contains { $0.contains("multipart/related") }
  }

  /// Whether the text is HTML: by what it starts with, then by its tags, then by the page's name.
  static func isHTML(_ utf8: [UInt8], name: String) -> Bool {
    let start = utf8.prefix(8192).drop { isSpace($0) }
    for opening in openings where starts(start, with: opening) { return true }
    let tags = countTags(utf8.prefix(65536))
    if tags >= 10 { return true }
    var name = name.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    if name.hasSuffix(".txt") || name.hasSuffix(".text") || name.hasSuffix(".md") { return false }
    let isNamedHTML = [".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx"].contains { name.hasSuffix($0) }
    return isNamedHTML || tags >= 2
  }

  private static let openings = ["<!doctype html", "<html", "<head", "<body", "<?xml", "<!--"].map { Array($0.utf8) }

  private static func starts(_ bytes: ArraySlice<UInt8>, with opening: [UInt8]) -> Bool {
    bytes.count >= opening.count && zip(bytes, opening).allSatisfy { lowercase($0) == $1 }
  }

  /// Start tags of well-known block elements.
  private static func countTags(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var count = 0
      var i = 0
      while i + 1 < bytes.count, let open = memchr(bytes.baseAddress! + i, 0x3C, bytes.count - 1 - i) {
        i = UnsafeRawPointer(open) - UnsafeRawPointer(bytes.baseAddress!) + 1
        guard isLetter(bytes[i]) else { continue }
        let name = MarkupRepair.name(bytes, from: i)
        if TagTable.shared.find(UnsafeBufferPointer(rebasing: bytes[name])).isBlock { count += 1 }
        i = name.upperBound
      }
      return count
    }
  }
}
