import Content
import FoundationEssentials
import Pages
import Rules

/// The mode `families`: rows for Tools/train/families.py.
struct FamiliesMode {
  struct Row: Codable {
    var name: String
    var texts: [String]
    /// By block: the family of a removing rule, of one that only marks, and what classes suggest; "" for none.
    var rules: [String], flags: [String], hints: [String]
    var keeps: [Bool]
    var asked: [Int]
  }
  struct Names: Codable {
    var features = FamilyRows.names
    var words = FamilyRows.wordFamilies
  }

  /// Files of words and of who is kept, one byte a block.
  var words: [UInt8]?, kept: [UInt8]?
  var isPlain = false
  /// Rules are not heard in one of so many stretches of eight blocks.
  var hidden: Int?

  func write(_ folder: String, _ out: String, _ scanner: Scanner, _ reader: PageReader) throws {
    let manager = FileManager.default
    let encoder = JSONEncoder()
    let scorer = ContentScorer()
    try manager.createDirectory(atPath: out, withIntermediateDirectories: true)
    var lines: [UInt8] = []
    var rows: [Float] = []
    var keys: [UInt32] = []
    var first = 0
    for name in try manager.contentsOfDirectory(atPath: folder).sorted() {
      guard let data = manager.contents(atPath: folder + "/" + name),
        let page = try? reader.read(Page(name: name, bytes: Array(data)))
      else { continue }
      let blocks = page.blocks
      let findings = scanner.scan(blocks).filter { $0.block >= 0 }
      var keeps = scorer.judge(page, findings: findings).keeps
      if let kept { keeps = kept[first..<first + blocks.count].map { $0 == 1 } }
      first += blocks.count
      var named = [Family?](repeating: nil, count: blocks.count)
      var flags = named
      for finding in findings {
        if finding.action == .remove {
          named[finding.block] = finding.family
        } else {
          flags[finding.block] = finding.family
        }
      }
      // As in FamilyModel, a mark names the family too.
      var heard = zip(named, flags).map { $0 ?? $1 }
      if let hidden {
        for block in 0..<blocks.count where (first + block / 8 * 7919) % hidden == 0 && heard[block] != nil {
          heard[block] = nil
          if named[block] != nil { keeps[block] = false }
        }
      }
      let family = FamilyRows(page, named: heard, keeps: keeps, words: words, isPlain: isPlain)
      rows += family.rows
      keys += FeatureRows.wordKeys(blocks)
      let row = Row(
        name: name, texts: (0..<blocks.count).map(blocks.string), rules: named.map { $0?.rawValue ?? "" },
        flags: flags.map { $0?.rawValue ?? "" }, hints: FamilyRows.hints(page).map { $0?.rawValue ?? "" },
        keeps: keeps, asked: family.asked)
      lines += try encoder.encode(row)
      lines.append(0x0A)
    }
    func save(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: URL(filePath: "\(out)/\(name)")) }
    try save(Array(encoder.encode(Names())), "names.json")
    try save(lines, "pages.jsonl")
    try save(rows.withUnsafeBytes { Array($0) }, "rows.f32")
    try save(keys.withUnsafeBytes { Array($0) }, "keys.u32")
  }
}
