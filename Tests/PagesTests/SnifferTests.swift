import Testing

@testable import Pages

@Suite struct SnifferTests {
  static let pages: [(text: String, name: String, isHTML: Bool)] = [
    ("<!DOCTYPE html><p>a", "a.txt", true), (" \n<HTML>", "a", true), ("<!-- x --><p>", "a.txt", true),
    ("<?xml version='1.0'?><html>", "a", true), ("plain words", "a.txt", false), ("plain words", "a", false),
    ("plain words", "a.html", true), ("plain words", "A.HTM", true), ("", "a.html", true), ("", "a.txt", false),
    ("<p>one<p>two", "a.txt", false), ("<p>one<p>two", "a", true), ("<p>one", "a", false),
    ("plain words", "a.html.gz", true), ("<p>one<p>two", "a.txt.GZ", false), ("<p>one<p>two", "a.gz", true),
    (String(repeating: "<p>x</p>", count: 10), "a.txt", true), ("a < b and c > d", "a", false),
    ("use <div> or <p> for that", "a.md", false),
  ]
  @Test(arguments: pages) func isHTML(_ page: (text: String, name: String, isHTML: Bool)) {
    #expect(Sniffer.isHTML(Array(page.text.utf8), name: page.name) == page.isHTML)
  }
  static let binaries: [(bytes: [UInt8], format: String)] = [
    (Array("%PDF-1.7".utf8), "a PDF file"), ([0x89, 0x50, 0x4E, 0x47, 0x0D], "a PNG image"),
    ([0x1F, 0x8B, 8], "a gzip file (unpack it first)"),
    ([0x50, 0x4B, 3, 4], "a ZIP archive (unpack it first)"), (Array("RIFF....WEBP".utf8), "a RIFF media file"),
    (
      Array("WARC/1.0\r\nWARC-Type: warcinfo\r\n".utf8),
      "a WARC archive (name it .warc, or .warc.gz where it is packed)"
    ),
    (Array("From: <Saved by Blink>\r\nSubject: A page\r\n".utf8), mhtml),
    (Array("Date: today\nMIME-Version: 1.0\nContent-Type: Multipart/Related;\n\tboundary=x\n\n--x\n".utf8), mhtml),
    ([0, 0, 0, 0x18] + Array("ftypmp42".utf8) + [0, 0, 1, 2, 3, 4, 5, 6], "binary data"),
    ([UInt8](repeating: 0, count: 100), "binary data"),
    ((0..<60).flatMap { [$0 % 9 + 0x20, 0] } + [1, 0, 0, 0], "binary data"),
  ]
  private static let mhtml = "an MHTML archive (save the page as HTML alone, or unpack it first)"
  @Test(arguments: binaries) func binary(_ file: (bytes: [UInt8], format: String)) throws {
    #expect(Sniffer.binaryFormat(file.bytes) == file.format)
    #expect(throws: ReadError.binary(file.format)) { try read(file.bytes) }
  }
  static let texts: [[UInt8]] = [
    [], Array("a\tb\u{0C}\r\n".utf8), [0] + Array("<html><p>a page that starts with a NUL".utf8),
    [0xFF, 0xFE, 0x61, 0],
    [0xE9, 0xE8], Array("From: the editor\n\nMIME-Version: 1.0, multipart/related: how mail is sent.\n".utf8),
    Array("The WARC/1.1 format holds pages.\nMIME-Version: 1.0\nmultipart/related\n".utf8),
    Array("\u{1B}[1mbold\u{1B}[0m text of a terminal".utf8),
  ]
  @Test(arguments: texts) func text(_ bytes: [UInt8]) { #expect(Sniffer.binaryFormat(bytes) == nil) }
}
